namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>A disk that takes no more while something is saved (a limit on file sizes stands in for it): one block, exit code 2, nothing half-written.</summary>
/// <param name="model">The small model.</param>
[Collection(BadInputCollection.Name)]
public sealed class FullDiskTests(TinyModel model) : IDisposable
{
    private const int Kibibytes = 60; // logs fit; the model's 354 KiB and the adapter's 92 KiB do not
    private readonly RefusedRun _run = new(model);

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("steps", "DIR/out/checkpoint-1", "DIR/out/.tmp-checkpoint-1/trained_weights.safetensors")]
    [InlineData("no", "DIR/out/result", "DIR/out/.tmp-result/adapter_model.safetensors")]
    public async Task While_training_saves(string saving, string target, string file)
    {
        var rows = _run.Write("rows.jsonl", RefusedRun.Good, RefusedRun.Good);
        (await RunAsync("train", "sft", "--model-name-or-path", _run.Model, "--train-file-dir", rows, "--max-steps", "1", "--save-steps", "1", "--save-strategy", saving, "--output-dir", _run.Output)).ShouldBe($"""
            error: The run cannot be saved. Earlier checkpoints are untouched.
              place:   {target}
              given:   {file} cannot be written: the file would be larger than this system allows
              remedy:  free some disk space or choose another --output-dir, then continue with --resume-from-checkpoint auto
            """);
        Directory.GetFiles(_run.Output, "*.safetensors*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.GetDirectories(_run.Output).ShouldBe([Path.Combine(_run.Output, "runs")]);
        (await File.ReadAllTextAsync(Path.Combine(_run.Output, "run.json"))).ShouldContain("\"state\": \"failed\"");
    }

    [Fact]
    public async Task While_rows_are_encoded()
    {
        // Encoded rows of more than the 256 KiB that are held back before they are written.
        var rows = _run.Write("rows.jsonl", [.. Enumerable.Range(0, 4000).Select(i => RefusedRun.Good.Replace("gout", $"gout {i}", StringComparison.Ordinal))]);
        (await RunAsync("train", "sft", "--model-name-or-path", _run.Model, "--train-file-dir", rows, "--max-steps", "1", "--data-cache-dir", _run["cache"], "--output-dir", _run.Output)).ShouldBe("""
            error: Encoded rows cannot be written.
              place:   DIR/cache
              given:   a file would be larger than this system allows
              remedy:  free some disk space, or name another folder with --data-cache-dir
            """);
        Directory.GetFileSystemEntries(_run["cache"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task While_a_model_is_made()
    {
        (await RunAsync("model", "init", "--tokenizer", _run.Model, "--hidden-size", "32", "--layers", "2", "--output-dir", _run.Output)).ShouldBe(Block);
        Directory.Exists(_run.Output).ShouldBeFalse();
    }

    [Fact]
    public async Task While_an_adapter_is_merged()
    {
        (await Medgpt.RunAsync("train", "sft", "--model-name-or-path", _run.Model, "--train-file-dir", _run.Write("rows.jsonl", RefusedRun.Good), "--max-steps", "1", "--save-strategy", "no", "--output-dir", _run["adapter"])).ShouldSucceed();
        (await RunAsync("merge", "--model", _run.Model, "--adapter", _run["adapter"], "--output-dir", _run.Output)).ShouldBe(Block);
        Directory.Exists(_run.Output).ShouldBeFalse();
    }

    [Theory]
    [InlineData("merge", "--adapter")]
    [InlineData("quantize", "--model")]
    public async Task While_a_model_is_replaced_the_old_one_stays(string command, string option)
    {
        (await Medgpt.RunAsync("model", "init", "--hidden-size", "64", "--layers", "1", "--vocab-size", "300", "--seed", "1", "--output-dir", _run.Output)).ShouldSucceed();
        string[] named = command == "merge" ? ["--model", _run.Model] : [];
        var before = Contents();
        (await RunAsync([command, option, _run.Model, .. named, "--output-dir", _run.Output])).ShouldBe(Block.Replace("DIR/out/model", "DIR/out/.saving/model", StringComparison.Ordinal));
        Contents().ShouldBe(before);
        (await Medgpt.RunAsync([command, option, _run.Model, .. named, "--output-dir", _run.Output])).ShouldSucceed();
        Contents().ShouldNotBe(before);
    }

    private string[] Contents() => [.. Directory.EnumerateFiles(_run.Output, "*", SearchOption.AllDirectories).Order().Select(f => f + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))];

    private const string Block = """
        error: The model cannot be saved.
          place:   --output-dir DIR/out
          given:   DIR/out/model.safetensors cannot be written: the file would be larger than this system allows
          remedy:  free some disk space, mend the permissions or name another folder
        """;

    private async Task<string> RunAsync(params string[] arguments) => _run.Short((await Medgpt.RunAsync(arguments, input: null, largestFile: Kibibytes)).ShouldRefuse());
}
