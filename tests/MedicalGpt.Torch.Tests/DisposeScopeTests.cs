using MedicalGpt.Torch.Extras;
using MedicalGpt.Torch.Modules;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>Life of tensors in nested scopes, bounded in bytes.</summary>
public sealed class DisposeScopeTests
{
    [Fact]
    public void Scopes_nest_and_results_move_out()
    {
        using var outer = NewDisposeScope();
        Tensor kept, lost;
        using (var inner = NewDisposeScope())
        {
            lost = torch.ones(3);
            kept = (lost * 2).MoveToOuterDisposeScope();
            inner.DisposablesCount.ShouldBe(1);
        }

        lost.IsInvalid.ShouldBeTrue();
        kept.data<float>().ToArray().ShouldBe([2f, 2f, 2f]);
        outer.Contains(kept).ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => lost.exp()).Message.ShouldContain("MoveToOuterDisposeScope");
    }

    [Fact]
    public void A_scope_per_chunk_bounds_the_peak()
    {
        const long Chunk = 64 * 1000 * 4;
        using var weight = torch.randn(1000, 32);
        using var hidden = torch.randn(64 * 8, 32);
        var before = Garbage.CollectThenLiveBytes();
        TensorMemory.ResetPeak();
        for (var i = 0; i < 8; i++)
        {
            using var scope = NewDisposeScope();
            // Logits [64, 1000] and their softmax: two chunks at a time, not 16.
            var logits = hidden.narrow(0, i * 64, 64).matmul(weight.t());
            logits.softmax(1).sum().item<float>().ShouldBe(64f, 1e-2f);
        }

        TensorMemory.LiveBytes.ShouldBe(before);
        (TensorMemory.PeakBytes - before).ShouldBeInRange(2 * Chunk, (2 * Chunk) + 100_000);
    }

    [Fact]
    public void Live_bytes_are_those_asked_for()
    {
        var before = Garbage.CollectThenLiveBytes();
        using (var x = torch.zeros(1000))
        {
            (TensorMemory.LiveBytes - before).ShouldBe(4000);
            using var view = x.view(10, 100);
            (TensorMemory.LiveBytes - before).ShouldBe(4000);
        }

        TensorMemory.LiveBytes.ShouldBe(before);
    }

    [Fact]
    public void Two_hundred_training_steps_leave_nothing_behind()
    {
        using var weight = new Parameter(torch.randn(32, 32));
        using var optimizer = optim.AdamW([weight], lr: 1e-3);
        long steady = 0;
        for (var step = 0; step < 200; step++)
        {
            using (var scope = NewDisposeScope())
            {
                var loss = torch.randn(8, 32).matmul(weight).tanh().square().mean();
                loss.backward();
                nn.utils.clip_grad_norm_([weight], 1.0);
                optimizer.step();
                optimizer.zero_grad();
            }

            if (step == 2) steady = TensorMemory.LiveBytes;
        }

        TensorMemory.LiveBytes.ShouldBe(steady);
    }

    [Fact]
    public void Tensors_outside_scopes_are_collected()
    {
        var before = Garbage.CollectThenLiveBytes();
        Make();
        Garbage.CollectThenLiveBytes().ShouldBe(before);

        static void Make()
        {
            for (var i = 0; i < 10; i++) torch.ones(1000).exp();
        }
    }

    [Fact]
    public void Many_short_lived_tensors_do_not_grow_a_scope()
    {
        using var scope = NewDisposeScope();
        var kept = torch.zeros(1);
        for (var i = 0; i < 10_000; i++)
        {
            var next = kept + 1;
            kept.Dispose();
            kept = next;
        }

        scope.DisposablesCount.ShouldBe(1);
        kept.item<float>().ShouldBe(10_000f);
    }

    [Fact]
    public void Ending_scopes_out_of_order_is_an_error()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        Should.Throw<TorchException>(outer.Dispose).Message.ShouldContain("reverse order");
        inner.Dispose();
        outer.Dispose();
    }

    [Fact]
    public void Statistics_balance()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        using (NewDisposeScope())
        {
            torch.ones(1).DetachFromDisposeScope().Dispose();
            torch.ones(1).Dispose();
            torch.ones(1);
            statistics.ThreadTotalLiveCount.ShouldBe(1);
        }

        statistics.CreatedInScopeCount.ShouldBe(3);
        statistics.DetachedFromScopeCount.ShouldBe(1);
        statistics.DisposedInScopeCount.ShouldBe(2);
        statistics.ThreadTotalLiveCount.ShouldBe(0);
    }
}
