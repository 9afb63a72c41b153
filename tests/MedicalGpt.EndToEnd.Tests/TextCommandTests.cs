using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>The inference commands on JSONL with text, and the chat.</summary>
/// <param name="model">A small model.</param>
public sealed class TextCommandTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_keep_their_row_and_do_not_depend_on_the_batch_size()
    {
        var input = _folder.Write("in.jsonl", "{\"prompt\":\"Take 5 mg?\",\"id\":7}\n\n{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"二甲双胍？\"}]}\n{\"text\":\"Take 9 mg of\"}\n");
        var all = await GenerateAsync(input, "8", "1");
        var single = await GenerateAsync(input, "1", "1");
        single.Select(row => row.ToJsonString()).ShouldBe(all.Select(row => row.ToJsonString()));
        all.Count.ShouldBe(3);
        ((int)all[0]["id"]!).ShouldBe(7);
        all.ShouldAllBe(row => (int)row["completion_tokens"]! >= 1 && (int)row["completion_tokens"]! <= 12);
        (await GenerateAsync(input, "8", "2")).Select(row => (string?)row["completion"]).ShouldNotBe(all.Select(row => (string?)row["completion"]));
    }

    [Fact]
    public async Task Logprobs_of_text_are_those_of_its_ids()
    {
        var input = _folder.Write("in.jsonl", "{\"text\":\"Take 7 mg of metformin\"}\n{\"prompt\":\"Dose?\",\"completion\":\"5 mg daily\"}\n");
        (await Medgpt.RunAsync("logprobs", "--model", model.Folder, "--input", input, "--output", _folder["out.jsonl"])).ShouldSucceed();
        var rows = Rows("out.jsonl");
        for (var i = 0; i < rows.Count; i++)
        {
            var ids = rows[i]["ids"]!.AsArray().Select(id => (long)id!).ToArray();
            new TensorFile().With("input_ids", [1, ids.Length], ids).Write(_folder["ids.safetensors"]);
            (await Medgpt.RunAsync("logprobs", "--model", model.Folder, "--input", _folder["ids.safetensors"], "--output", _folder["ids.out.safetensors"])).ShouldSucceed();
            var values = rows[i]["logprobs"]!.AsArray().Select(value => (float)value!).ToList();
            GoldenCase.Near(values, TensorFile.Read(_folder["ids.out.safetensors"]).Floats("logprobs"), 1e-5, $"row {i}");
            // The sum is over the answer alone where there is one: its tokens are the last ones.
            var counted = (int)rows[i]["tokens"]!;
            counted.ShouldBeLessThanOrEqualTo(values.Count);
            ((double)rows[i]["logprob"]!).ShouldBe(values.TakeLast(counted).Sum(value => (double)value), 1e-4);
        }

        ((int)rows[0]["tokens"]!).ShouldBe(rows[0]["logprobs"]!.AsArray().Count);
        ((int)rows[1]["tokens"]!).ShouldBeLessThan(rows[1]["logprobs"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_chat_from_a_pipe_answers_as_generate_does_and_forgets_on_clear()
    {
        var input = _folder.Write("in.jsonl", "{\"prompt\":\"Take 5 mg?\"}\n");
        (await Medgpt.RunAsync("generate", "--model", model.Folder, "--input", input, "--output", _folder["out.jsonl"], "--temperature", "0", "--max-new-tokens", "10")).ShouldSucceed();
        var answer = (string)Rows("out.jsonl")[0]["completion"]!;
        var chat = (await Medgpt.RunAsync(["chat", "--model", model.Folder, "--temperature", "0", "--max-new-tokens", "10"], "Take 5 mg?\n/clear\nTake 5 mg?\n/exit\nnever asked\n")).ShouldSucceed();
        chat.Output.ShouldBe(answer + "\n" + answer + "\n");
    }

    [Fact]
    public async Task A_chat_needs_somebody()
    {
        var block = (await Medgpt.RunAsync("chat", "--model", model.Folder)).ShouldRefuse();
        block.ShouldBe("error: There is nobody to talk to.\n  place:   medgpt chat\n  given:   standard input is neither a terminal nor a pipe with lines\n  remedy:  start it in a terminal, or pipe questions into it, one per line");
    }

    [Fact]
    public async Task A_comparison_shows_accuracy_with_its_interval()
    {
        var prompts = _folder.Write("prompts.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(i => $"{{\"question\":\"Dose {i}?\",\"answer\":\"{i} mg\",\"language\":\"{(i < 2 ? "en" : "zh")}\"}}")));
        var run = (await Medgpt.RunAsync("compare", "--models", $"first={model.Folder}", model.Other, "--test-file", prompts, "--reward-functions", "exact-answer", "--by", "language", "--max-new-tokens", "6", "--output", _folder["result.json"])).ShouldSucceed();
        // Models of random weights know nothing. Wilson's upper end for 0 of 4: z² / (n + z²) = 3.8415 / 7.8415 = 0.490.
        run.Output.ShouldContain("first     0.000  0.000 to 0.490  4");
        run.Output.ShouldContain("language     en     zh");
        run.Output.ShouldContain("(expected) 0 mg");
        var json = JsonNode.Parse(File.ReadAllText(_folder["result.json"]))!;
        json["models"]!.AsArray().Select(entry => (string?)entry!["name"]).ShouldBe(["first", "other"]);
        ((int)json["models"]![0]!["by"]!["language"]!["zh"]!["n"]!).ShouldBe(2);
    }

    private async Task<List<JsonNode>> GenerateAsync(string input, string batch, string seed)
    {
        (await Medgpt.RunAsync("generate", "--model", model.Folder, "--input", input, "--output", _folder["out.jsonl"], "--batch-size", batch, "--seed", seed, "--temperature", "1", "--max-new-tokens", "12")).ShouldSucceed();
        return Rows("out.jsonl");
    }

    private List<JsonNode> Rows(string name) => [.. File.ReadLines(_folder[name]).Select(line => JsonNode.Parse(line)!)];
}
