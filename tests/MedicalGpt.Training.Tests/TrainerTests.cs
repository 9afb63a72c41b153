using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Rewards;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Tests;

public sealed class TrainerTests
{
    [Theory]
    [InlineData(4, 2)]
    [InlineData(2, 4)]
    [InlineData(1, 8)]
    public async Task How_an_update_is_cut_does_not_matter(int microBatch, int accumulation)
    {
        using var folder = new TemporaryFolder();
        var rows = Runs.Rows(24);
        foreach (var (name, micro, steps) in new[] { ("whole", 8, 1), ("cut", microBatch, accumulation) })
            await Runs.RunAsync(Runs.Offline(Runs.Options(folder.At(name), r => r with { PerDeviceTrainBatchSize = micro, GradientAccumulationSteps = steps }), rows));

        var (whole, cut) = (Runs.Metrics(folder.At("whole")), Runs.Metrics(folder.At("cut")));
        for (var i = 0; i < 3; i++)
        {
            cut[i]["loss"].ShouldBe(whole[i]["loss"], 1e-5);
            cut[i]["grad_norm"].ShouldBe(whole[i]["grad_norm"], 1e-5);
        }
    }

    [Fact]
    public async Task The_loss_is_that_of_the_model_and_trl_normalisation_averages_micro_batches()
    {
        using var folder = new TemporaryFolder();
        Example[] rows =
        [
            new TokenizedSequence([2, 3, 1], [-100, 3, 1]),
            new TokenizedSequence([4, 5, 6, 7, 1], [-100, 5, 6, 7, 1]),
        ];
        using var models = new TinyModels();
        double Negative(params int[] ids) => -Enumerable.Range(1, ids.Length - 1).Sum(t => (double)models.LogProbs(tensor(new long[] { ids[t - 1] }))[0, ids[t]].item<float>());
        var (a, b) = (Negative(2, 3, 1), Negative(4, 5, 6, 7, 1));

        foreach (var kind in new[] { LossNormalization.Update, LossNormalization.MicroBatch })
            await Runs.RunAsync(Runs.Offline(Runs.Options(folder.At($"{kind}"), r => r with { PerDeviceTrainBatchSize = 1, GradientAccumulationSteps = 2, LossNormalization = kind }), rows));

        Runs.Metrics(folder.At("Update"))[0]["loss"].ShouldBe((a + b) / 6, 1e-5); // 2 + 4 targets
        Runs.Metrics(folder.At("MicroBatch"))[0]["loss"].ShouldBe((a / 2 + b / 4) / 2, 1e-5);
    }

    [Fact]
    public async Task Held_out_loss_does_not_depend_on_its_batch_size_and_perplexity_is_its_exponential()
    {
        using var folder = new TemporaryFolder();
        var losses = new List<double>();
        foreach (var size in new[] { 1, 3, 16 })
        {
            var request = Runs.Offline(Runs.Options(folder.At($"{size}"), r => r with { PerDeviceEvalBatchSize = size, EvalOnStart = true, MaxSteps = 2, EvalSteps = 1 }), Runs.Rows(8)) with { EvalRows = Runs.Rows(7, seed: 2).ToAsyncEnumerable() };
            var result = await Runs.RunAsync(request);
            losses.Add(result.EvalBefore!["eval_loss"]);
            result.EvalBefore["eval_perplexity"].ShouldBe(Math.Exp(result.EvalBefore["eval_loss"]), 1e-9);
            result.EvalAfter!["eval_loss"].ShouldNotBe(result.EvalBefore["eval_loss"]);
            Runs.Metrics(folder.At($"{size}")).Count(m => m.ContainsKey("eval_loss")).ShouldBe(3); // before, after 1, after 2
        }

        losses[1].ShouldBe(losses[0], 1e-6);
        losses[2].ShouldBe(losses[0], 1e-6);
    }

    [Fact]
    public async Task A_run_learns_and_leaves_its_files()
    {
        using var folder = new TemporaryFolder();
        var data = folder.At("rows.jsonl");
        await File.WriteAllTextAsync(data, "x");
        var request = Runs.Offline(Runs.Options(folder.At("out"), r => r with { NumTrainEpochs = 20, LoggingSteps = 5, SaveSteps = 10 }), Runs.Rows(8)) with
        {
            DataFiles = [data],
            ResolvedOptions = new JsonObject { ["learning_rate"] = new JsonObject { ["value"] = 0.05, ["from"] = "command line" } },
        };

        var result = await Runs.RunAsync(request);

        result.Completed.ShouldBeTrue();
        result.Steps.ShouldBe(40);
        var metrics = Runs.Metrics(folder.At("out"));
        metrics[^2]["loss"].ShouldBeLessThan(metrics[0]["loss"] * 0.8);
        metrics.Select(m => m["step"]).ShouldBe([1, 5, 10, 15, 20, 25, 30, 35, 40, 40]);
        metrics[^2]["learning_rate"].ShouldBe(0.05 * 1 / 40, 1e-12); // linear, rate of the last update
        metrics[^2]["num_tokens"].ShouldBe(20 * Runs.Rows(8).Sum(r => ((TokenizedSequence)r).InputIds.Length));
        metrics[^1]["train_samples_per_second"].ShouldBeGreaterThan(0);
        var run = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("out/run.json")))!;
        run["state"]!.GetValue<string>().ShouldBe("completed");
        run["options"]!["learning_rate"]!["from"]!.GetValue<string>().ShouldBe("command line");
        run["data"]![0]!["sha256"]!.GetValue<string>().ShouldBe("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"); // SHA-256 of "x"
        new RunDirectory(folder.At("out")).Checkpoints().Select(c => c.Step).ShouldBe([10, 20, 30, 40]);
        File.Exists(folder.At("out/config.json")).ShouldBeTrue();
        Directory.GetFiles(folder.At("out/runs"), "events.out.tfevents.*").Length.ShouldBe(1);
        var report = await File.ReadAllTextAsync(folder.At("out/report.html"));
        report.ShouldContain("<svg");
        report.ShouldContain("aria-label=\"loss\"");
    }

    [Fact]
    public async Task Training_that_diverges_stops_and_saves_nothing_of_it()
    {
        using var folder = new TemporaryFolder();
        var options = Runs.Options(folder.Path, r => r with { NumTrainEpochs = 50, SaveSteps = 1, SaveTotalLimit = 1 });
        var request = Runs.Offline(options, Runs.Rows(8)) with { Algorithm = new Exploding() };
        var error = await Should.ThrowAsync<TrainingDivergedException>(() => Runs.RunAsync(request));

        error.Message.ShouldBe($"training diverged at update 3: the loss is Infinity. Nothing of this update was saved. Lower --learning_rate, lengthen --warmup_steps, set --max_grad_norm 1, or look at the rows of this update; continue from {folder.At("checkpoint-2")} with --resume_from_checkpoint");
        JsonNode.Parse(await File.ReadAllTextAsync(folder.At("run.json")))!["state"]!.GetValue<string>().ShouldBe("failed");
        new RunDirectory(folder.Path).Checkpoints().Select(c => c.Step).ShouldBe([2]);
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("taken"), "a file");
        var error = await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Runs.Offline(Runs.Options(folder.At("taken/out")), Runs.Rows(8))));
        error.ToBlock().ShouldStartWith($"error: The output folder cannot be written. Checkpoints that are there are whole.\n  place:   --output-dir {folder.At("taken/out")}\n  given:   ");
        error.ToBlock().ShouldEndWith("\n  remedy:  free some disk space, mend the permissions or name another folder, then continue with --resume-from-checkpoint auto");
    }

    [Fact]
    public async Task A_file_that_a_reward_cannot_read_is_not_blamed_on_the_output_folder()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.At("missing");
        var request = Runs.Online(Runs.Options(folder.At("out"), r => r with { MaxSteps = 2 }), Runs.Prompts(8)) with { Rewards = RewardPipeline.Create([("file", new FileReward(missing))], []) };
        (await Should.ThrowAsync<FileNotFoundException>(() => Runs.RunAsync(request))).FileName.ShouldBe(missing);
        JsonNode.Parse(await File.ReadAllTextAsync(folder.At("out/run.json")))!["state"]!.GetValue<string>().ShouldBe("failed");
    }

    [Fact]
    public async Task Evaluation_of_sampled_answers_reports_rewards_and_keeps_samples()
    {
        using var folder = new TemporaryFolder();
        var request = Runs.Online(Runs.Options(folder.Path, r => r with { MaxSteps = 2 }), Runs.Prompts(8));

        var result = await Runs.RunAsync(request with { EvalRows = Runs.Prompts(4).ToAsyncEnumerable() });

        result.EvalAfter!.Keys.ShouldContain("eval_reward");
        result.EvalAfter.Keys.ShouldContain("eval_rewards/threes/mean");
        result.EvalAfter.Keys.ShouldNotContain("eval_loss");
        (await File.ReadAllTextAsync(folder.At("samples.jsonl"))).ShouldContain("\"split\":\"eval\"");
    }

    private sealed class FileReward(string path) : IRewardFunction
    {
        public async ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return [.. samples.Select(_ => new RewardScore(text.Length))];
        }
    }

    /// <summary>Its loss overflows in the third update.</summary>
    private sealed class Exploding : IAlgorithm
    {
        private readonly CrossEntropy inner = new();

        public ExampleKind Input => inner.Input;

        public ModelRoles Roles => inner.Roles;

        public CollectShape Shape(BatchShape batch) => inner.Shape(batch);

        public EncodeResult Encode(Example example, IExampleEncoder encoder) => inner.Encode(example, encoder);

        public ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken) => inner.CollectAsync(examples, context, cancellationToken);

        public IEnumerable<PlannedUpdate> Plan(Experience experience, ITrainingContext context) => inner.Plan(experience, context);

        public LossResult Loss(MicroBatch batch, Denominators denominators, ITrainingContext context)
        {
            var result = inner.Loss(batch, denominators, context);
            return context.Step < 2 ? result : new LossResult((result.Loss + 100).exp());
        }
    }
}
