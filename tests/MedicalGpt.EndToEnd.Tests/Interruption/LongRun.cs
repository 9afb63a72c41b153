using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests.Interruption;

/// <summary>A training run that takes long enough to be interrupted, of a small model with dropout.</summary>
internal sealed class LongRun(string stage, TinyModel model, TemporaryFolder folder, int steps)
{
    private readonly string _rows = folder.Write(stage + ".jsonl", string.Join('\n', Enumerable.Range(0, 48).Select(i => stage == "sft"
        ? $$"""{"messages":[{"role":"user","content":"Dose {{i}} of metformin?"},{"role":"assistant","content":"Take {{i * 5}} mg daily."}]}"""
        : $$"""{"question":"Dose {{i}} of metformin?","answer":"{{i * 5}} mg"}""")));

    public string[] Arguments(string output) =>
    [
        "train", stage, "--model_name_or_path", model.Folder, "--train_file_dir", _rows, "--output_dir", folder[output], "--max_steps", $"{steps}",
        "--lora_dropout", "0.1", "--learning_rate", "1e-3", "--logging_steps", "1", "--save_steps", "7", "--save_total_limit", "2", "--resume_from_checkpoint", "auto",
        .. stage == "grpo" ? new[] { "--reward_functions", "length-penalty", "--num_generations", "4", "--max_completion_length", "8", "--per_device_train_batch_size", "4" } : ["--per_device_train_batch_size", "2"],
    ];

    /// <summary>The trained weights of an output folder.</summary>
    public byte[] Weights(string output) => File.ReadAllBytes(Path.Combine(folder[output], "adapter_model.safetensors"));

    /// <summary>Number of updates that the run's log has.</summary>
    public int Updates(string output)
    {
        var log = Path.Combine(folder[output], "metrics.jsonl");
        return File.Exists(log) ? File.ReadLines(log).Count() : 0;
    }

    public string State(string output) => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(folder[output], "run.json")))!["state"]!;

    /// <summary>Waits until a running process has logged some updates.</summary>
    public async Task ReachAsync(Process process, string output, int updates)
    {
        var clock = Stopwatch.StartNew();
        while (Updates(output) < updates)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"the run ended with {process.ExitCode} before update {updates}: {await process.StandardError.ReadToEndAsync()}");
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(3));
            await Task.Delay(20);
        }
    }
}
