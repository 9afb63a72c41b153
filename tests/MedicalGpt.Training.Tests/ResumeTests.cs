using System.Text.Json.Nodes;

namespace MedicalGpt.Training.Tests;

public sealed class ResumeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_updates_and_three_more_are_six_to_the_bit(bool online)
    {
        using var folder = new TemporaryFolder();
        var step = online ? 4 : 3; // two updates per collection: checkpoints fall on even numbers
        StageRequest Request(string output, Func<RunOptions, RunOptions> change)
        {
            var options = Runs.Options(folder.At(output), r => change(r with { MaxSteps = 2 * step, SaveSteps = step }));
            return online ? Runs.Online(options, Runs.Prompts(10)) : Runs.Offline(options, Runs.Rows(10), dropout: 0.3);
        }

        await Runs.RunAsync(Request("straight", r => r));
        await Runs.RunAsync(Request("resumed", r => r with { ResumeFromCheckpoint = folder.At($"straight/checkpoint-{step}") }));

        Runs.Weights(folder.At("resumed"), 2 * step).ShouldBe(Runs.Weights(folder.At("straight"), 2 * step));
        Runs.Weights(folder.At("straight"), step).ShouldNotBe(Runs.Weights(folder.At("straight"), 2 * step));
        var losses = Runs.Metrics(folder.At("straight")).Where(m => m.ContainsKey("loss") && m["step"] > step).Select(m => m["loss"]);
        Runs.Metrics(folder.At("resumed")).Where(m => m.ContainsKey("loss")).Select(m => m["loss"]).ShouldBe(losses);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task An_interrupted_run_saves_and_continues_to_the_same_weights(bool online, int interruptAt)
    {
        using var folder = new TemporaryFolder();
        StageRequest Request(string output, ITrainingProgress progress, string? resume = null)
        {
            var options = Runs.Options(folder.At(output), r => r with { MaxSteps = 6, SaveStrategy = resume is null && output == "cut" ? IntervalStrategy.No : IntervalStrategy.Steps, ResumeFromCheckpoint = resume });
            return (online ? Runs.Online(options, Runs.Prompts(10)) : Runs.Offline(options, Runs.Rows(10), dropout: 0.3)) with { Progress = progress };
        }

        await Runs.RunAsync(Request("straight", new SilentProgress()));
        using var source = new CancellationTokenSource();
        var interrupted = await Runs.RunAsync(Request("cut", new CancelAfter(source, interruptAt)), source.Token);
        var saved = online ? 4 : 1; // what was collected is used up first

        interrupted.Completed.ShouldBeFalse();
        interrupted.Steps.ShouldBe(saved);
        JsonNode.Parse(await File.ReadAllTextAsync(folder.At("cut/run.json")))!["state"]!.GetValue<string>().ShouldBe("interrupted");
        new RunDirectory(folder.At("cut")).Checkpoints().Select(c => c.Step).ShouldBe([saved]);

        (await Runs.RunAsync(Request("cut", new SilentProgress(), "auto"))).Completed.ShouldBeTrue();
        Runs.Weights(folder.At("cut"), 6).ShouldBe(Runs.Weights(folder.At("straight"), 6));
        Runs.Metrics(folder.At("cut")).Where(m => m.ContainsKey("loss")).Select(m => m["step"]).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task Another_run_cannot_continue_a_checkpoint()
    {
        using var folder = new TemporaryFolder();
        var options = Runs.Options(folder.Path, r => r with { MaxSteps = 2 });
        await Runs.RunAsync(Runs.Offline(options, Runs.Rows(8)));
        var checkpoint = folder.At("checkpoint-2");
        StageRequest Again(Func<RunOptions, RunOptions> change, int rows = 8) => Runs.Offline(options with { Run = change(options.Run with { MaxSteps = 4, ResumeFromCheckpoint = checkpoint }) }, Runs.Rows(rows));

        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Again(r => r, rows: 9)))).Message.ShouldBe($"--resume_from_checkpoint {checkpoint} was written with 8 training rows, this run has 9; give the same data");
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Again(r => r with { Seed = 8 })))).Message.ShouldBe($"--resume_from_checkpoint {checkpoint} was written with --seed 7, this run has --seed 8; give the same seed");
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Again(r => r with { MaxSteps = 1 })))).Message.ShouldContain("has done 2 updates and this run is to do 1;");
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Again(r => r) with { Stage = "dpo" }))).Message.ShouldContain("is a checkpoint of stage sft, this run is stage dpo");
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Again(r => r with { ResumeFromCheckpoint = folder.At("nowhere") })))).Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task A_run_that_died_before_its_result_was_written_writes_it()
    {
        using var folder = new TemporaryFolder();
        var options = Runs.Options(folder.Path, r => r with { MaxSteps = 2 });
        await Runs.RunAsync(Runs.Offline(options, Runs.Rows(8)));
        File.Delete(folder.At("config.json"));
        Directory.CreateDirectory(folder.At(".tmp-result"));

        var result = await Runs.RunAsync(Runs.Offline(options with { Run = options.Run with { ResumeFromCheckpoint = "auto" } }, Runs.Rows(8)));

        (result.Completed, result.Steps).ShouldBe((true, 2));
        File.Exists(folder.At("config.json")).ShouldBeTrue();
        Directory.EnumerateDirectories(folder.Path, ".tmp-*").ShouldBeEmpty();
    }

    private sealed class CancelAfter(CancellationTokenSource source, int step) : ITrainingProgress
    {
        public void Report(TrainingReport report)
        {
            if (report is StepReport done && done.Step == step)
                source.Cancel();
        }
    }
}
