using MedicalGpt.Modeling;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Tests;

/// <summary>What an update holds: gradients and optimiser states of weights that learn, nothing for those that do not, each gradient once.</summary>
public sealed class UpdateMemoryTests
{
    // A table of 16,384 · 64 · 4 bytes = 4 MB beside layers of 0.2 MB.
    private static readonly DecoderOptions Wide = new()
    {
        VocabularySize = 16_384,
        HiddenSize = 64,
        LayerCount = 2,
        HeadCount = 4,
        KeyValueHeadCount = 2,
        HeadDimension = 16,
        IntermediateSize = 64,
    };

    private const long Table = 16_384 * 64 * 4;

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 2)]
    public void The_optimiser_keeps_states_of_weights_that_learn(bool packed, int bytesPerParameter)
    {
        using var model = Model(adapter: true);
        var before = TensorMemory.LiveBytes;
        using var optimizer = new Optimizer(Learned(model), new OptimizerOptions { Optim = packed ? "adamw_8bit" : "adamw" });
        // Rank 128 on 7 linear layers of both layers. In 8 bits: a byte each, a scale of 4 bytes per 256 numbers; one number for the mean's share; two tables of 255 points between codes.
        var parameters = 2L * 128 * ((64 + 64) + (32 + 64) + (32 + 64) + (64 + 64) + 3 * (64 + 64));
        (TensorMemory.LiveBytes - before).ShouldBe(bytesPerParameter * parameters + (packed ? (2 * parameters / 256 * 4) + (2 * 255 * 4) : 0) + 4);
    }

    [Fact]
    public void Frozen_tables_get_no_gradient()
    {
        using var model = Model(adapter: true);
        Backward(model); // what is made once is made
        foreach (var parameter in model.TrainableParameters())
            parameter.Value.grad = null;
        var before = TensorMemory.LiveBytes;
        TensorMemory.ResetPeak();

        Backward(model);

        (TensorMemory.LiveBytes - before).ShouldBe(4 * model.TrainableParameters().Sum(p => p.Count));
        (TensorMemory.PeakBytes - before).ShouldBeLessThan(Table);
    }

    [Fact]
    public void Micro_batches_add_to_one_gradient()
    {
        using var model = Model(adapter: false);
        var before = TensorMemory.LiveBytes;
        Backward(model);
        var one = Norm(model);
        var gradients = TensorMemory.LiveBytes - before;
        gradients.ShouldBe(4 * model.Parameters.Sum(p => p.Count));
        TensorMemory.ResetPeak();

        Backward(model);

        var peak = TensorMemory.PeakBytes - before;
        (TensorMemory.LiveBytes - before).ShouldBe(gradients);
        // The second gradient of a table exists while it is added, no other table's beside it.
        peak.ShouldBeLessThan(gradients + 2 * Table);
        Norm(model).ShouldBe(2 * one, 1e-4 * one);
    }

    [Fact]
    public void A_gradient_goes_as_soon_as_it_is_applied()
    {
        // 256 gradients of 16 KB, then one of 4 MB, whose step takes a temporary of 4 MB: there is room for it where the others were.
        using var scope = NewDisposeScope();
        TrainedWeight[] weights = [.. Enumerable.Range(0, 257).Select(i => new TrainedWeight($"w{i}", ones(i < 256 ? 4096 : 1 << 20).requires_grad_(), true))];
        using var optimizer = new Optimizer(weights, new OptimizerOptions());
        var without = TensorMemory.LiveBytes;
        foreach (var weight in weights)
        {
            using var inner = NewDisposeScope();
            weight.Value.mul(2).sum().backward();
        }

        var before = TensorMemory.LiveBytes;
        (before - without).ShouldBe(2L * (1 << 20) * 4);
        TensorMemory.ResetPeak();

        optimizer.Step(0.1);

        (TensorMemory.PeakBytes - before).ShouldBeLessThan(1 << 19);
        TensorMemory.LiveBytes.ShouldBe(without);
    }

    private static CausalLanguageModel Model(bool adapter) => RealRuns.Folders.CreateCausal("qwen2", Wide, new LoadOptions { Trained = !adapter, NewAdapter = adapter ? new LoraOptions { Rank = 128 } : null });

    private static TrainedWeight[] Learned(CausalLanguageModel model) => [.. model.TrainableParameters().Select(p => new TrainedWeight(p.Name, p.Value, p.Decays))];

    /// <summary>Four tokens forward and backward.</summary>
    private static void Backward(CausalLanguageModel model)
    {
        using var scope = NewDisposeScope();
        model.Read(SequenceLayout.Create([Segment.AllLearned([9, 8, 7, 6, 5])]), ReadoutRequest.LogProbsOnly).LogProbs.sum().backward();
    }

    /// <summary>L2 norm of all gradients.</summary>
    private static double Norm(CausalLanguageModel model)
    {
        using var scope = NewDisposeScope();
        return Math.Sqrt(model.TrainableParameters().Sum(p => (double)p.Value.grad!.square().sum().item<float>()));
    }
}
