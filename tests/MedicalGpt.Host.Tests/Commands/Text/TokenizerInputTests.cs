using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Commands.Text;

/// <summary>What <c>tokenizer train</c> and <c>tokenizer extend</c> refuse, with the line, and before they work.</summary>
public sealed class TokenizerInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_word_that_cannot_become_a_token_is_named_with_its_line()
    {
        await using var host = await TestHost.StartAsync();
        await TrainAsync(host);
        await File.WriteAllBytesAsync(folder["gbk.txt"], [.. "gout\n"u8, 0xC4, 0xE3, 0xBA, 0xC3, (byte)'\n']);
        (await ExtendAsync(host, folder["gbk.txt"])).ShouldStartWith($"error: A word is not valid UTF-8.\n  place:   {folder["gbk.txt"]}:2\n");
        var control = folder.Write("control.txt", "gout\nasthma\na\u0001b\t7\n");
        (await ExtendAsync(host, control)).ShouldStartWith($"error: A word cannot become a token.\n  place:   {control}:3\n");
        var none = folder.Write("none.txt", "\n  \n\n");
        (await ExtendAsync(host, none)).ShouldStartWith($"error: The list of words has none.\n  place:   {none}\n");
        Directory.Exists(folder["extended"]).ShouldBeFalse();

        var marked = folder.Write("marked.txt", "\uFEFFgout\r\nasthma\t12\r\n");
        (await host.RunAsync("tokenizer", "extend", "--tokenizer", folder["tokenizer"], "--words", marked, "--output-dir", folder["extended"])).ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(folder["extended"], "tokenizer.json"))).ShouldContain("\"gout\"");
        host.Terminal.Text.ShouldContain("2 tokens added");
    }

    [Fact]
    public async Task An_output_that_is_no_folder_is_refused_before_anything_is_read()
    {
        var file = folder.Write("here", "a file");
        await using var host = await TestHost.StartAsync();
        foreach (var output in new[] { file, Path.Combine(file, "below") })
            (await host.RefusedAsync("tokenizer", "train", "--train-file-dir", folder["is-not-there.txt"], "--vocab-size", "300", "--output-dir", output)).ShouldBe($"error: The output is no folder.\n  place:   --output-dir {output}\n  given:   a file has the name {file}\n  remedy:  name another folder");
    }

    [Fact]
    public async Task What_training_leaves_out_of_a_folder_is_told()
    {
        folder.Write("texts/a.txt", "gout is arthritis\n");
        folder.Write("texts/notes.docx", "x");
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("tokenizer", "train", "--train-file-dir", folder["texts"], "--vocab-size", "270", "--output-dir", folder["tokenizer"])).ShouldBe(0);
        host.Terminal.Text.ShouldContain("left out 1: notes.docx.");
    }

    [Fact]
    public async Task Rows_of_any_kind_teach_as_their_texts_do()
    {
        await using var host = await TestHost.StartAsync();
        string Turn(int i) => $$"""{"messages": [{"role": "user", "content": "Take {{i}} mg of metformin"}, {"role": "assistant", "content": "daily gout {{i}}"}]}""";
        folder.Write("rows/a.jsonl", string.Join('\n', Enumerable.Range(0, 20).Select(Turn)));
        folder.Write("rows/b.jsonl", """{"prompt": "gout?", "chosen": "yes", "rejected": "no"}""");
        var lines = Enumerable.Range(0, 20).SelectMany(i => new[] { $"Take {i} mg of metformin", $"daily gout {i}" }).Concat(["gout?", "yes", "no"]);
        var text = folder.Write("text.jsonl", string.Join('\n', lines.Select(line => $$"""{"text": "{{line}}"}""")));
        foreach (var (input, output) in new[] { (folder["rows"], "of-rows"), (folder["rows"], "again"), (text, "of-text") })
            (await host.RunAsync("tokenizer", "train", "--train-file-dir", input, "--vocab-size", "280", "--output-dir", folder[output])).ShouldBe(0);
        host.Terminal.Text.ShouldContain("read: 20 conversation rows (40 texts), 1 preference rows (3 texts)");
        foreach (var output in new[] { "of-rows", "again" })
            (await File.ReadAllBytesAsync(Path.Combine(folder[output], "tokenizer.json"))).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(folder["of-text"], "tokenizer.json")));
        (await host.RefusedAsync("tokenizer", "train", "--train-file-dir", folder.Write("odd.jsonl", """{"x": 1}"""), "--vocab-size", "280", "--output-dir", folder["odd"])).ShouldStartWith("error: The row is no text row.");
    }

    [Fact]
    public async Task A_tokenizer_file_that_is_something_else_is_called_that()
    {
        await using var host = await TestHost.StartAsync();
        await TrainAsync(host);
        await File.WriteAllTextAsync(Path.Combine(folder["tokenizer"], "tokenizer.json"), "[]");
        (await ExtendAsync(host, folder.Write("words.txt", "gout\n"))).ShouldContain("tokenizer.json: the file is []; expected an object.");
    }

    private async Task TrainAsync(TestHost host)
    {
        var text = folder.Write("corpus.txt", string.Concat(Enumerable.Repeat("Take 5 mg of metformin daily.\n", 20)));
        (await host.RunAsync("tokenizer", "train", "--train-file-dir", text, "--vocab-size", "280", "--output-dir", folder["tokenizer"])).ShouldBe(0);
    }

    private Task<string> ExtendAsync(TestHost host, string words) =>
        host.RefusedAsync("tokenizer", "extend", "--tokenizer", folder["tokenizer"], "--words", words, "--output-dir", folder["extended"]);
}
