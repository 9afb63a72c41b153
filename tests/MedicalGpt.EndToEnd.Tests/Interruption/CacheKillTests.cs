using System.Diagnostics;

namespace MedicalGpt.EndToEnd.Tests.Interruption;

/// <summary>Runs that are killed while they write encoded rows to the cache: what they leave misleads no later run.</summary>
/// <param name="model">A small model.</param>
public sealed class CacheKillTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private const int Rows = 40_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_cache_that_was_killed_in_the_writing_gives_the_same_weights()
    {
        _folder.Write("rows.jsonl", string.Join('\n', Enumerable.Range(0, Rows).Select(i => $$"""{"messages":[{"role":"user","content":"Dose {{i}} of metformin, 每天服用多少毫克二甲双胍？"},{"role":"assistant","content":"Take {{i % 97 * 5}} mg daily."}]}""")));
        (await Medgpt.RunAsync(Train("straight", "cache-straight"))).ShouldSucceed();
        var whole = new FileInfo(Directory.GetFiles(_folder["cache-straight"], "*.rows").ShouldHaveSingleItem()).Length;

        var (random, inTheWriting) = (new Random(7), 0);
        for (var kill = 0; kill < 8; kill++)
        {
            using var process = Medgpt.Start(Train("cut", "cache"));
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await KillAsync(process, written: (long)(whole * random.NextDouble()));
            await Task.WhenAll(output, errors);
            inTheWriting += Directory.GetFiles(_folder["cache"], "*.rows").Length == 0 && Directory.GetFiles(_folder["cache"], ".tmp-*").Length > 0 ? 1 : 0;
        }

        inTheWriting.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var left in Directory.GetFiles(_folder["cache"], ".tmp-*"))
            File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2)); // what is old is swept away by the next run that writes
        (await Medgpt.RunAsync(Train("cut", "cache"))).ShouldSucceed();
        (await Medgpt.RunAsync(Train("again", "cache"))).ShouldSucceed();
        foreach (var run in new[] { "cut", "again" })
            File.ReadAllBytes(_folder[run + "/adapter_model.safetensors"]).ShouldBe(File.ReadAllBytes(_folder["straight/adapter_model.safetensors"]), run);
        Directory.GetFiles(_folder["cache"], "*.rows").ShouldHaveSingleItem();
        Directory.GetFiles(_folder["cache"], ".tmp-*").ShouldBeEmpty();
    }

    /// <summary>Kills a run (SIGKILL) as soon as the file that it writes has so many bytes.</summary>
    private async Task KillAsync(Process process, long written)
    {
        while (!process.HasExited && !(Directory.Exists(_folder["cache"]) && new DirectoryInfo(_folder["cache"]).GetFiles($".tmp-{process.Id}-*").Any(file => file.Length >= written)))
            await Task.Delay(1);
        process.Kill();
        await process.WaitForExitAsync();
    }

    private string[] Train(string output, string cache) =>
    [
        "train", "sft", "--model_name_or_path", model.Folder, "--train_file_dir", _folder["rows.jsonl"], "--output_dir", _folder[output], "--overwrite_output_dir", "true",
        "--data_cache_dir", _folder[cache], "--max_steps", "3", "--per_device_train_batch_size", "2", "--lora_dropout", "0.1", "--learning_rate", "1e-3", "--logging_steps", "1", "--data_check", "off",
    ];
}
