using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Commands.Data;

/// <summary>What <c>data check</c> says of files that give no rows, or not all: the reader's own words, at the place where it stopped.</summary>
public sealed class UnreadableFileTests : IDisposable
{
    private const string Row = """{"question": "a", "answer": "b"}""" + "\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gbk.jsonl", "The line is not valid UTF-8.", ":1", "iconv")]
    [InlineData("gbk.txt", "The line is not valid UTF-8.", ":1", "iconv")]
    [InlineData("cut.jsonl", "The row is not JSON:", ":1", null)]
    [InlineData("cut.json", "item 2 of the array: The file is not JSON:", "", null)]
    [InlineData("cut.csv", "A quote is opened and never closed", ":2", null)]
    [InlineData("cut.parquet", "cannot be read as Parquet", "", null)]
    [InlineData("cut.jsonl.gz", "The file cannot be read further:", "", "Fetch or compress it again")]
    public async Task A_file_that_cannot_be_read_has_the_readers_error(string name, string reason, string line, string? remedy)
    {
        await File.WriteAllBytesAsync(folder[name], Content(name));
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync("data", "check", folder[name]);
        block.ShouldContain("given:   1 files cannot be read\n");
        block.ShouldContain($"place:   {folder[name]}{line} (");
        block.ShouldContain(reason);
        block.ShouldNotContain("Given: ?");
        block.ShouldNotContain("no known shape");
        if (remedy is not null)
            block.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("empty.jsonl", "")]
    [InlineData("blank.json", " \n")]
    [InlineData("header.csv", "question,answer\n")]
    [InlineData("empty.txt", "\n")]
    public async Task A_file_without_rows_is_called_that(string name, string content)
    {
        folder.Write(name, content);
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync("data", "check", folder[name]);
        block.ShouldContain($"place:   {folder[name]} (The file has no rows.)");
        block.ShouldContain("given:   1 files have no rows");
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "doctor", "content": "x"}]}""", ":1 (messages[0]: A turn has an unknown role. Given: \"doctor\")", "rename the role")]
    [InlineData("""{"question": 5, "answer": "b"}""", ":1 (\"question\" cannot be used. Given: 5)", null)]
    public async Task Rows_of_a_known_shape_that_cannot_be_used_are_called_that(string row, string place, string? remedy)
    {
        var file = folder.Write("rows.jsonl", row + "\n");
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync("data", "check", file);
        block.ShouldContain($"place:   {file}{place}\n  given:   1 files have no row that can be used\n");
        block.ShouldNotContain("name their columns");
        if (remedy is not null)
            block.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("""{"prompt": "q", "chosen": "c"}""", "The row has \"chosen\" but no \"rejected\", so it is no preference pair.")]
    [InlineData("""{"question": "q", "response_chosen": "", "response_rejected": "r"}""", "\"response_chosen\" is empty.")]
    [InlineData("""{"question": "q", "answer": ""}""", "\"answer\" is empty.")]
    [InlineData("""{"instruction": "q", "output": ["a"]}""", "\"output\" cannot be used.")]
    [InlineData("""{"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": ""}]}""", "An answer is empty, so there is nothing to learn from it.")]
    public async Task Rows_that_are_faulty_are_not_taken_for_prompts(string row, string reason)
    {
        var file = folder.Write("rows.jsonl", row + "\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "check", file)).ShouldContain(reason);
        (await host.RefusedAsync("data", "convert", file, "--output", folder["out.jsonl"])).ShouldStartWith($"error: {reason}");
    }

    [Fact]
    public async Task A_first_row_that_lacks_its_answer_does_not_turn_the_file_into_prompts()
    {
        var file = folder.Write("rows.jsonl", """{"question": "q"}""" + "\n" + Row + Row.Replace("\"a\"", "\"c\"", StringComparison.Ordinal));
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "check", file)).ShouldContain($"place:   {file}:1 (The row is no dialogue row.");
        host.Terminal.Text.ShouldContain("rows.jsonl: 2 dialogues");
        host.Terminal.Text.ShouldContain($"{file}:1 is a prompt, {file}:2 is a dialogue: rows are read as dialogues");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("stats")]
    [InlineData("convert")]
    public async Task A_field_that_is_mistyped_does_not_turn_pairs_into_prompts(string command)
    {
        var file = folder.Write("rows.jsonl", """{"prompt": "q", "better": "c", "worse": "r"}""" + "\n");
        string[] output = command == "convert" ? ["--output", folder["out.jsonl"]] : [];
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync(["data", command, file, "--columns.chosn=better", "--columns.rejected=worse", .. output])).ShouldStartWith(
            "error: Rows are not read by a field of this name, so the setting would have no effect.\n  place:   --columns.chosn\n  given:   better\n");
        (await host.RefusedAsync(["data", command, file, "--columns.chosen=bettr", "--columns.rejected=worse", .. output])).ShouldContain("The row has \"worse\" but no \"bettr\", so it is no preference pair.");
        (await host.RunAsync(["data", command, file, "--columns.chosen=better", "--columns.rejected=worse", .. output])).ShouldBe(0);
    }

    [Fact]
    public async Task A_format_without_a_plugin_names_the_endings_that_are_read_and_by_which_plugin()
    {
        folder.Write("rows/train.arrow", "ARROW1");
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync("data", "check", folder["rows"]);
        block.ShouldContain($"place:   {folder["rows/train.arrow"]}\n  given:   .arrow\n");
        block.ShouldContain(".parquet by the plugin MedicalGpt.Datasets.Parquet (each also .gz or .zst)");
    }

    [Fact]
    public async Task Statistics_of_nothing_are_an_error()
    {
        var file = folder.Write("rows.json", """[{"question": "a", "answer": "b"},]""");
        var broken = folder.Write("broken.jsonl", "{broken\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "stats", file)).ShouldContain("The file is not JSON: The JSON array contains a trailing comma at the end. (byte");
        (await host.RefusedAsync("data", "stats", broken)).ShouldStartWith($"error: There are no rows to count.\n  place:   {broken}:1 (The row is not JSON:");
    }

    [Fact]
    public async Task Other_files_are_still_checked_and_each_cause_is_a_finding()
    {
        folder.Write("rows/a.jsonl", Row);
        folder.Write("rows/b.jsonl", """{"persona": "nurse"}""" + "\n");
        folder.Write("rows/c.jsonl", "");
        await File.WriteAllBytesAsync(folder["rows/d.json"], Content("cut.json"));
        folder.Write("rows/notes.docx", "x");
        folder.Write("rows/.hidden.jsonl", Row);
        await using var host = await TestHost.StartAsync();
        await host.RefusedAsync("data", "check", folder["rows"], "--json");
        var json = JsonNode.Parse(host.Terminal.Text)!;
        json["rows"]!.GetValue<long>().ShouldBe(2); // a, and the row of d before it ends
        json["findings"]!.AsArray().Select(finding => (string)finding!["code"]!).Order().ShouldBe(["duplicate_rows", "empty_files", "unread_files", "unreadable_files"]);
        json["notices"]!.AsArray().Select(line => (string)line!).ShouldContain($"{folder["rows"]}: left out 2: notes.docx, .hidden.jsonl (hidden).");
    }

    [Fact]
    public async Task Compressed_and_newline_delimited_files_are_found_in_folders()
    {
        folder.Write("rows/a.ndjson", Row);
        folder.Write("rows/b.docx.gz", "x");
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "check", folder["rows"])).ShouldBe(0);
        host.Terminal.Text.ShouldContain("a.ndjson: 1 dialogues");
        host.Terminal.Text.ShouldContain("left out 1: b.docx.gz.");
    }

    private static byte[] Content(string name) => name switch
    {
        "gbk.jsonl" => [.. "{\"text\": \""u8, 0xC4, 0xE3, .. "\"}\n"u8],
        "gbk.txt" => [0xC4, 0xE3, 0xBA, 0xC3, (byte)'\n'],
        "cut.jsonl" => Encoding.UTF8.GetBytes(Row[..20]),
        "cut.json" => Encoding.UTF8.GetBytes($"[{Row.Trim()}, {Row[..20]}"),
        "cut.csv" => "question,answer\n\"a,b\n"u8.ToArray(),
        "cut.parquet" => "PAR1xxxx"u8.ToArray(),
        _ => Gzip(Encoding.UTF8.GetBytes(Row))[..30],
    };

    private static byte[] Gzip(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(data);
        return packed.ToArray();
    }
}
