using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>Runs that are stopped, politely and not, and continued: they end with the weights of a run that was left alone, to the bit.</summary>
public sealed class InterruptionTests
{
    private const int Steps = 120;

    [Fact]
    public async Task An_interrupt_saves_exits_130_and_the_run_continues()
    {
        using var folder = new TemporaryFolder();
        WriteRows(folder);
        (await Medgpt.RunAsync(Train(folder, "straight", saveSteps: 1000))).ShouldSucceed();

        using var process = Medgpt.Start(Train(folder, "cut", saveSteps: 1000));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await UntilAsync(process, () => LinesOf(folder["cut/metrics.jsonl"]) >= 3);
        using (var signal = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await signal.WaitForExitAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(130, $"{await output}\n{await errors}");
        ((string?)JsonNode.Parse(await File.ReadAllTextAsync(folder["cut/run.json"]))!["state"]).ShouldBe("interrupted");
        Directory.GetDirectories(folder["cut"], "checkpoint-*").ShouldHaveSingleItem();
        File.Exists(folder["cut/adapter_model.safetensors"]).ShouldBeFalse();

        (await Medgpt.RunAsync([.. Train(folder, "cut", saveSteps: 1000), "--resume_from_checkpoint", "auto"])).ShouldSucceed();
        File.ReadAllBytes(folder["cut/adapter_model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["straight/adapter_model.safetensors"]));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_run_killed_again_and_again_ends_with_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        WriteRows(folder);
        (await Medgpt.RunAsync(Train(folder, "straight", saveSteps: 1000))).ShouldSucceed();

        var random = new Random(1);
        for (var kill = 0; kill < 8; kill++)
        {
            using var process = Medgpt.Start([.. Train(folder, "cut", saveSteps: 3), "--resume_from_checkpoint", "auto"]);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            var before = Directory.Exists(folder["cut"]) ? Directory.GetDirectories(folder["cut"], "checkpoint-*").Length : 0;
            await UntilAsync(process, () => process.HasExited || Directory.Exists(folder["cut"]) && Directory.GetDirectories(folder["cut"], "checkpoint-*").Length > before);
            await Task.Delay(random.Next(0, 200));
            process.Kill();
            await process.WaitForExitAsync();
            await Task.WhenAll(output, errors);
        }

        (await Medgpt.RunAsync([.. Train(folder, "cut", saveSteps: 3), "--resume_from_checkpoint", "auto"])).ShouldSucceed();
        File.ReadAllBytes(folder["cut/adapter_model.safetensors"]).ShouldBe(File.ReadAllBytes(folder["straight/adapter_model.safetensors"]));
        Directory.GetDirectories(folder["cut"], ".tmp-*").ShouldBeEmpty();
    }

    private static string[] Train(TemporaryFolder folder, string output, int saveSteps) =>
    [
        "train", "sft",
        "--model_name_or_path", Path.Combine(Medgpt.Golden, "models", "qwen2_tied", "model"),
        "--tokenizer_name_or_path", Path.Combine(Medgpt.Golden, "trainers", "sft_full", "tokenizer"),
        "--train_file_dir", folder["rows.jsonl"],
        "--output_dir", folder[output],
        "--max_steps", $"{Steps}",
        "--save_steps", $"{saveSteps}",
        "--per_device_train_batch_size", "4",
        "--lora_dropout", "0.1",
        "--learning_rate", "1e-3",
        "--logging_steps", "1",
    ];

    private static void WriteRows(TemporaryFolder folder)
    {
        var random = new Random(5);
        folder.Write("rows.jsonl", string.Join('\n', Enumerable.Range(0, 30).Select(_ =>
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(4, 12)).Select(_ => random.Next(5, 60)), 1];
            return JsonSerializer.Serialize(new { input_ids = ids, labels = (int[])[-100, .. ids[1..]] });
        })));
    }

    private static int LinesOf(string path) => File.Exists(path) ? File.ReadLines(path).Count() : 0;

    private static async Task UntilAsync(Process process, Func<bool> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!reached() && !process.HasExited)
            await Task.Delay(20, limit.Token);
    }
}
