using System.Text.Json.Nodes;
using MedicalGpt.Data;

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
    public async Task Other_rows_and_another_base_model_are_refused_and_leave_the_run_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var (output, model) = (folder.At("out"), folder.At("base"));
        var weights = Path.Combine(model, "model.safetensors");
        Directory.CreateDirectory(model);
        await File.WriteAllTextAsync(Path.Combine(model, "config.json"), "{}");
        await File.WriteAllTextAsync(weights, "12345678");
        var options = Runs.Options(output, r => r with { MaxSteps = 2 }) with { Model = new ModelOptions { ModelNameOrPath = model } };
        await Runs.RunAsync(Runs.Offline(options, Runs.Rows(8)));
        var record = await File.ReadAllTextAsync(Path.Combine(output, "run.json"));
        options = options with { Run = options.Run with { MaxSteps = 4, ResumeFromCheckpoint = "auto" } };
        async Task<string> Fails(IReadOnlyList<Example> rows) => (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Runs.Offline(options, rows)))).ToBlock();

        var other = await Fails([.. Runs.Rows(8).Reverse()]);
        other.ShouldStartWith($"error: The checkpoint was written with other training rows.\n  place:   --resume-from-checkpoint {Path.Combine(output, "checkpoint-2")}\n  given:   SHA-256 ");
        other.ShouldEndWith("\n  remedy:  give the same data, tokenizer, template and length limits; or begin a run in another folder from the checkpoint's weights, as --model-name-or-path or --adapter");
        await File.WriteAllTextAsync(weights, "12345679"); // other weights of the same size
        (await Fails(Runs.Rows(8))).ShouldStartWith("error: The checkpoint was written with another base model.\n");
        await File.WriteAllTextAsync(weights, "12345678");
        await File.WriteAllTextAsync(Path.Combine(model, "config.json"), "{ }");
        (await Fails(Runs.Rows(8))).ShouldStartWith("error: The checkpoint was written with another base model.\n");
        (await File.ReadAllTextAsync(Path.Combine(output, "run.json"))).ShouldBe(record);

        await File.WriteAllTextAsync(Path.Combine(model, "config.json"), "{}");
        (await Runs.RunAsync(Runs.Offline(options, Runs.Rows(8)))).Steps.ShouldBe(4);
    }

    [Fact]
    public async Task Other_answers_for_the_rewards_are_other_rows()
    {
        using var folder = new TemporaryFolder();
        static IReadOnlyList<Example> Rows(string answer) => [.. Runs.Prompts(8).Cast<TokenizedPrompt>().Select(p => p with { Reference = new Dictionary<string, string> { ["answer"] = answer } })];
        var options = Runs.Options(folder.Path, r => r with { MaxSteps = 2 });
        await Runs.RunAsync(Runs.Online(options, Rows("A")));
        options = options with { Run = options.Run with { MaxSteps = 4, ResumeFromCheckpoint = "auto" } };

        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Runs.Online(options, Rows("B"))))).Message.ShouldBe("The checkpoint was written with other training rows.");
        (await Runs.RunAsync(Runs.Online(options, Rows("A")))).Steps.ShouldBe(4);
    }

    [Fact]
    public async Task Changed_options_are_named_with_their_old_and_new_values()
    {
        using var folder = new TemporaryFolder();
        var notes = new Notes();
        StageRequest Request(int steps, double rate, int logging) => Runs.Offline(Runs.Options(folder.Path, r => r with { MaxSteps = steps, ResumeFromCheckpoint = "auto" }), Runs.Rows(8)) with
        {
            ResolvedOptions = new JsonObject { ["learning_rate"] = Value(rate), ["beta"] = Value(0.1), ["logging_steps"] = Value(logging) },
            Progress = notes,
        };

        await Runs.RunAsync(Request(1, 0.05, 1));
        await Runs.RunAsync(Request(2, 0.05, 2));
        notes.Warnings.ShouldBeEmpty();
        await Runs.RunAsync(Request(3, 0.1, 3));
        notes.Warnings.ShouldBe([$"options differ from those of the run in {folder.Path}, so this run does not end as that one would have: learning_rate 0.05 -> 0.1"]);

        static JsonObject Value(double value) => new() { ["value"] = value, ["source"] = "command line" };
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

    private sealed class Notes : ITrainingProgress
    {
        public List<string> Warnings { get; } = [];

        public void Report(TrainingReport report)
        {
            if (report is NoteReport { Warning: true } note)
                Warnings.Add(note.Text);
        }
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
