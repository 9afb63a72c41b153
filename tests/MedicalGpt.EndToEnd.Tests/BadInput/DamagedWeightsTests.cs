using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>A model with a NaN in its last norm: every command that reads it says so and names it.</summary>
/// <param name="model">The small model.</param>
[Collection(BadInputCollection.Name)]
public sealed class DamagedWeightsTests(TinyModel model) : IDisposable
{
    private const string Allowed = "\n  allowed: weights that give numbers\n  remedy:  fetch or train the model again; weights made for bf16 may be too large for fp16";
    private const string Error = "error: The model's results are not finite; its weights are damaged.\n  place:   ";
    private readonly RefusedRun _run = new(model);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("generate --temperature 0")]
    [InlineData("generate --temperature 1 --top-p 0.9")]
    public async Task Generate(string command) => (await _run.RunAsync([.. command.Split(' '), "--model", Damaged(), "--input", _run.Write("in.jsonl", """{"prompt":"Take 5 mg"}"""), "--output", _run["out.jsonl"]]))
        .ShouldBe($"{Error}DIR/model{Allowed}");

    [Fact]
    public async Task Chat() => _run.Short((await Medgpt.RunAsync(["chat", "--model", Damaged()], "Take 5 mg?\n/exit\n")).ShouldRefuse()).ShouldEndWith($"{Error}DIR/model{Allowed}");

    [Fact]
    public async Task Compare() => (await _run.RunAsync("compare", "--models", $"whole={model.Folder}", $"damaged={Damaged()}", "--test-file", Prompts, "--reward-functions", "length-penalty", "--max-new-tokens", "4", "--output", _run.Output))
        .ShouldEndWith($"{Error}DIR/model{Allowed}");

    [Fact]
    public async Task Answers_of_a_training() => _run.Short((await Medgpt.RunAsync(
        "train", "grpo", "--model", Damaged(), "--train-file-dir", Prompts, "--reward-functions", "length-penalty", "--num-generations", "2", "--per-device-train-batch-size", "2", "--max-completion-length", "4", "--max-steps", "1", "--output-dir", _run.Output)).ShouldRefuse())
        .ShouldEndWith($"{Error}DIR/model{Allowed.Replace("the model again", "the model or its adapter again", StringComparison.Ordinal)}");

    [Fact]
    public async Task Log_probabilities_of_text() => (await _run.RunAsync("logprobs", "--model", Damaged(), "--input", _run.Write("in.jsonl", """{"text":"a"}""", """{"text":"Take 5 mg"}"""), "--output", _run.Output + ".jsonl"))
        .ShouldBe($"{Error}DIR/in.jsonl:2\n  given:   DIR/model{Allowed}");

    [Fact]
    public async Task Log_probabilities_of_ids() => (await _run.RunAsync("logprobs", "--model", Damaged(), "--batch-size", "1", "--input", Ids(), "--output", _run["out.safetensors"]))
        .ShouldBe($"{Error}DIR/in.safetensors, row 1\n  given:   DIR/model{Allowed}");

    [Fact]
    public async Task Scores()
    {
        var folder = Copy(Path.Combine(Medgpt.Golden, "seqcls/qwen2_rm/model"));
        (await _run.RunAsync("score", "--model", folder, "--input", Ids(), "--output", _run["out.safetensors"]))
            .ShouldBe($"{Error}DIR/in.safetensors, row 0\n  given:   DIR/model{Allowed}");
    }

    private string Prompts => _run.Write("prompts.jsonl", """{"question":"Take 5 mg?","answer":"b"}""", """{"question":"Take 6 mg?","answer":"b"}""");

    // The first row has no next token, so nothing about it can be wrong.
    private string Ids() => new TensorFile().With("input_ids", [2, 2], [3, 0, 3, 4]).With("attention_mask", [2, 2], [1, 0, 1, 1]).Write(_run["in.safetensors"]);

    private string Damaged() => Copy(model.Folder);

    private string Copy(string source)
    {
        var folder = Directory.CreateDirectory(_run["model"]).FullName;
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var path = Path.Combine(folder, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(bytes, 0);
        var entry = JsonNode.Parse(bytes.AsSpan(8, length))!["model.norm.weight"]!;
        ((string)entry["dtype"]!).ShouldBe("F32");
        BitConverter.GetBytes(float.NaN).CopyTo(bytes, 8 + length + (int)entry["data_offsets"]![0]!);
        File.WriteAllBytes(path, bytes);
        return folder;
    }
}
