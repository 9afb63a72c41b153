using MedicalGpt.EndToEnd.Tests;

namespace MedicalGpt.EndToEnd.Tests.Interruption;

/// <summary>Ctrl-C saves; what was interrupted or killed continues to the same bits as a run that was left alone.</summary>
/// <param name="model">A small model.</param>
public sealed class InterruptTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ctrl_C_saves_and_resuming_ends_with_the_same_weights()
    {
        var run = new LongRun("sft", model, _folder, steps: 120);
        (await Medgpt.RunAsync(run.Arguments("straight"))).ShouldSucceed();
        using (var process = Medgpt.Start(run.Arguments("stopped")))
        {
            var output = process.StandardOutput.ReadToEndAsync();
            await run.ReachAsync(process, "stopped", 5);
            await Medgpt.SignalAsync(process, "INT");
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(130, await output);
            (await output).ShouldContain("a checkpoint is saved: --resume_from_checkpoint auto continues");
        }

        run.State("stopped").ShouldBe("interrupted");
        run.Updates("stopped").ShouldBeLessThan(120);
        Directory.GetFiles(_folder["stopped"], "manifest.json", SearchOption.AllDirectories).ShouldNotBeEmpty();
        var resumed = (await Medgpt.RunAsync(run.Arguments("stopped"))).ShouldSucceed();
        resumed.Output.ShouldContain("continuing after update ");
        run.State("stopped").ShouldBe("completed");
        run.Weights("stopped").ShouldBe(run.Weights("straight"));
        run.Updates("stopped").ShouldBe(run.Updates("straight"));
    }

    [Fact]
    public async Task An_interrupted_stage_of_a_pipeline_continues()
    {
        var run = new LongRun("sft", model, _folder, steps: 120);
        (await Medgpt.RunAsync(run.Arguments("straight"))).ShouldSucceed();
        var flags = run.Arguments("pipe/sft").Skip(2).Chunk(2).Where(pair => pair[0] != "--resume_from_checkpoint").Select(pair => $"{pair[0].TrimStart('-')}: '{pair[1]}'");
        var recipe = _folder.Write("recipe.yaml", $"inputs: {{ output_dir: {{ default: '{_folder["pipe"]}' }} }}\nstages:\n  sft:\n    command: train sft\n    options:\n      {string.Join("\n      ", flags)}\n");
        using (var process = Medgpt.Start(["run", recipe]))
        {
            var errors = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            await run.ReachAsync(process, "pipe/sft", 5);
            await Medgpt.SignalAsync(process, "INT");
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(130, await errors);
            (await errors).Trim().ShouldBe("interrupted");
        }

        (await Medgpt.RunAsync("run", recipe)).ShouldSucceed().Output.ShouldContain("continuing after update ");
        run.Weights("pipe/sft").ShouldBe(run.Weights("straight"));
        (await Medgpt.RunAsync("run", recipe)).ShouldSucceed().Output.ShouldContain("1/1 sft: finished before, skipped");
        (await Medgpt.RunAsync("run", recipe, "--from", "sft")).ShouldSucceed().Output.ShouldContain("1/1 sft: train sft");
        run.Weights("pipe/sft").ShouldBe(run.Weights("straight"));
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("sft", 150)]
    [InlineData("grpo", 60)]
    public async Task Killed_at_random_moments_a_run_ends_with_the_same_weights(string stage, int steps)
    {
        var run = new LongRun(stage, model, _folder, steps);
        (await Medgpt.RunAsync(run.Arguments("straight"))).ShouldSucceed();
        var random = new Random(20261120);
        for (var kill = 0; kill < 5; kill++)
        {
            using var process = Medgpt.Start(run.Arguments("killed"));
            _ = process.StandardOutput.ReadToEndAsync();
            var begun = run.Updates("killed");
            await run.ReachAsync(process, "killed", Math.Min(begun + 1, steps));
            await Task.Delay(random.Next(0, 1500));
            process.Kill();
            await process.WaitForExitAsync();
        }

        (await Medgpt.RunAsync(run.Arguments("killed"))).ShouldSucceed();
        run.Weights("killed").ShouldBe(run.Weights("straight"), $"{stage}: killed at 5 random moments (seed 20261120)");
    }
}
