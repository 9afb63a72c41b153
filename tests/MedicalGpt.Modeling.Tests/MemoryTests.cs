using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Bytes that forward and backward hold.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void With_checkpointing_a_layer_keeps_its_boundary_tensor_only()
    {
        var layout = SequenceLayout.Create([Segment.AllLearned(LayoutTests.Ids(new Random(1), 200)), Segment.AllLearned(LayoutTests.Ids(new Random(2), 150))]);
        var (few, many) = (Held(2, layout, new Checkpointing()), Held(10, layout, new Checkpointing()));
        // N · H fp32 per layer, plus a little for index tensors of the node's own handles.
        var boundary = 350L * 64 * 4;
        ((many - few) / 8).ShouldBeLessThanOrEqualTo(boundary + 2048);
        ((many - few) / 8).ShouldBeGreaterThanOrEqualTo(boundary);
    }

    // Four layers, every second keeps its input only: half of what all save, but for a boundary tensor (300 · 64 fp32), because nothing below the first
    // layer learns and its input would not be kept otherwise.
    [Fact]
    public void Selective_checkpointing_keeps_the_rest()
    {
        var layout = SequenceLayout.Create([Segment.AllLearned(LayoutTests.Ids(new Random(1), 300))]);
        var (none, all) = (Held(4, layout, null), Held(4, layout, new Checkpointing()));
        var half = Held(4, layout, new Checkpointing(CheckpointedPart.Layer, 2));
        var (attention, mlp) = (Held(4, layout, new Checkpointing(CheckpointedPart.Attention)), Held(4, layout, new Checkpointing(CheckpointedPart.Mlp)));
        ((none - all) / 2 - (none - half)).ShouldBeInRange(0, 300 * 64 * 4 + 2048);
        mlp.ShouldBeLessThan(none);
        attention.ShouldBeLessThan(none);
        all.ShouldBeLessThan(Math.Min(attention, mlp));
    }

    [Fact]
    public void A_norm_keeps_its_input_only()
    {
        // What earlier tests left to the collector must not go while bytes are counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var scope = NewDisposeScope();
        using var weight = new ModelParameter("norm.weight", [100]);
        weight.Set(ones([100]), ScalarType.Float32, trained: false);
        var norm = new RmsNorm(weight, 1e-6, false);
        var x = rand([1000, 100]).requires_grad_(true);
        var before = TensorMemory.LiveBytes;
        using (var inner = NewDisposeScope())
            norm.Forward(x).MoveToOuterDisposeScope();
        // The result, 1000 · 100 fp32, and one factor per row; the squares would be as much again.
        (TensorMemory.LiveBytes - before).ShouldBeInRange(1000 * 101 * 4, 1000 * 101 * 4 + 4096);
    }

    [Fact]
    public void The_head_makes_no_tensor_of_all_targets_times_the_vocabulary()
    {
        const int vocabulary = 50_000;
        const int tokens = 1000;
        using var model = Models.Random(1, vocabulary, new LoadOptions { Trained = true });
        var layout = SequenceLayout.Create([Segment.AllLearned(LayoutTests.Ids(new Random(1), tokens))]);
        using var scope = NewDisposeScope();
        TensorMemory.ResetPeak();
        var before = TensorMemory.LiveBytes;
        model.Read(layout, new ReadoutRequest(1, true, true, true, true)).LogProbs.sum().backward();
        // One [tokens, V] tensor would be 200 MB; ranges are 8 MB and a few exist at once; the gradients of the tied embedding are 6.4 MB each.
        (TensorMemory.PeakBytes - before).ShouldBeLessThan(64L << 20);
        (TensorMemory.PeakBytes - before).ShouldBeLessThan((long)tokens * vocabulary * 4);
    }

    [Fact]
    public void Attention_never_makes_a_row_squared()
    {
        using var model = Models.Random(1, hidden: 32);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        // One row of 16 packed documents of 256 tokens: row squared would be 4,096² · 4 heads · 4 bytes = 268 MB; own squared is 16 times less.
        var layout = SequenceLayout.Create([[.. Enumerable.Range(0, 16).Select(i => Segment.AllLearned(LayoutTests.Ids(new Random(i), 256)))]]);
        TensorMemory.ResetPeak();
        var before = TensorMemory.LiveBytes;
        model.Read(layout, ReadoutRequest.LogProbsOnly);
        (TensorMemory.PeakBytes - before).ShouldBeLessThan(80L << 20);
    }

    [Fact]
    public void Nothing_stays_after_steps()
    {
        using var model = Models.Random(options: new LoadOptions { Seed = 1, NewAdapter = new LoraOptions { Rank = 2, Dropout = 0.1 } });
        model.GradientCheckpointing = true;
        model.Dropout = true;
        var layout = SequenceLayout.Create([Segment.AllLearned(LayoutTests.Ids(new Random(1), 30))]);
        Step();
        // Tensors that other tests left to the garbage collector must not go away in between.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var held = TensorMemory.LiveAllocations;
        for (var i = 0; i < 20; i++)
            Step();
        TensorMemory.LiveAllocations.ShouldBe(held);

        void Step()
        {
            using var scope = NewDisposeScope();
            model.Read(layout, new ReadoutRequest(1, true, false, true, true)).LogProbs.sum().backward();
        }
    }

    // Bytes that forward keeps for backward.
    private static long Held(int layers, SequenceLayout layout, Checkpointing? checkpointing)
    {
        using var model = Models.Random(layers, hidden: 64, options: new LoadOptions { Seed = 1, NewAdapter = new LoraOptions { Rank = 2 } });
        model.Checkpointing = checkpointing;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var scope = NewDisposeScope();
        var before = TensorMemory.LiveBytes;
        var loss = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.sum();
        var held = TensorMemory.LiveBytes - before;
        loss.backward();
        return held;
    }
}
