using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Tests;

/// <summary>Half precision's factor of the loss: infinities are injected into the loss of chosen updates.</summary>
public sealed class LossScaleTests
{
    [Fact]
    public void The_factor_halves_on_infinities_and_doubles_after_2000_good_updates()
    {
        var scale = new LossScale();
        scale.Update(false);
        scale.Update(false);
        scale.Value.ShouldBe(16384);
        for (var i = 0; i < LossScale.GrowthInterval - 1; i++)
            scale.Update(true);
        scale.Value.ShouldBe(16384);
        scale.Update(true);
        (scale.Value, scale.GoodUpdates).ShouldBe((32768, 0));
        for (var i = 0; i < 16; i++)
            scale.Update(false);
        scale.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public async Task An_update_with_infinities_is_skipped_and_the_others_are_those_of_fp32_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        await Runs.RunAsync(Request(folder.At("fp32"), 4, ComputePrecision.Fp32));
        await Runs.RunAsync(Request(folder.At("fp16"), 4, ComputePrecision.Fp16));
        // A power of two as factor rounds nothing: the tiny model computes in fp32.
        Runs.Weights(folder.At("fp16"), 4).ShouldBe(Runs.Weights(folder.At("fp32"), 4));

        await Runs.RunAsync(Request(folder.At("skips"), 4, ComputePrecision.Fp16, 1, 2));
        var metrics = Runs.Metrics(folder.At("skips")).Where(m => m.ContainsKey("loss")).ToList();
        metrics.Select(m => m["loss_scale"]).ShouldBe([65536, 65536, 32768, 16384]);
        metrics.Select(m => m["skipped_updates"]).ShouldBe([0, 1, 1, 0]);
        Runs.Weights(folder.At("skips"), 2).ShouldBe(Runs.Weights(folder.At("skips"), 1));
        Runs.Weights(folder.At("skips"), 3).ShouldBe(Runs.Weights(folder.At("skips"), 1));
        Runs.Weights(folder.At("skips"), 4).ShouldNotBe(Runs.Weights(folder.At("skips"), 1));
    }

    [Fact]
    public async Task A_resumed_run_goes_on_with_the_factor()
    {
        using var folder = new TemporaryFolder();
        await Runs.RunAsync(Request(folder.At("straight"), 6, ComputePrecision.Fp16, 1, 4));
        var state = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("straight/checkpoint-3/trainer_state.json")))!;
        ((double)state["loss_scale"]!, (int)state["loss_scale_good_updates"]!).ShouldBe((32768, 1));
        var resumed = Request(folder.At("resumed"), 6, ComputePrecision.Fp16, 1, 4);
        resumed = resumed with { Options = resumed.Options with { Run = resumed.Options.Run with { ResumeFromCheckpoint = folder.At("straight/checkpoint-3") } } };
        await Runs.RunAsync(resumed);
        Runs.Weights(folder.At("resumed"), 6).ShouldBe(Runs.Weights(folder.At("straight"), 6));
        Runs.Metrics(folder.At("resumed")).Where(m => m.ContainsKey("loss_scale")).Select(m => m["loss_scale"]).ShouldBe([32768, 32768, 16384]);
    }

    [Fact]
    public async Task Infinities_without_end_stop_the_run()
    {
        using var folder = new TemporaryFolder();
        await Should.ThrowAsync<TrainingDivergedException>(() => Runs.RunAsync(Request(folder.Path, 30, ComputePrecision.Fp16, [.. Enumerable.Range(0, 30)])));
    }

    private static StageRequest Request(string output, int steps, ComputePrecision precision, params int[] infinite)
    {
        var options = Runs.Options(output, r => r with { MaxSteps = steps, SaveSteps = 1, SaveTotalLimit = null });
        var request = Runs.Offline(options with { Model = options.Model with { Precision = precision } }, Runs.Rows(10));
        return request with { Algorithm = new InfiniteAt(infinite) };
    }

    /// <summary>Cross-entropy whose loss is infinite in some updates.</summary>
    private sealed class InfiniteAt(int[] updates) : IAlgorithm
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
            return updates.Contains(context.Step) ? result with { Loss = result.Loss.mul(double.PositiveInfinity) } : result;
        }
    }
}
