using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;
using F = MedicalGpt.Torch.torch.nn.functional;

namespace MedicalGpt.Torch.Tests;

/// <summary>The same bits from run to run, with two threads.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly int threads = torch.get_num_threads();

    public DeterminismTests() => torch.set_num_threads(2);

    public void Dispose() => torch.set_num_threads(threads);

    [Fact]
    public void Deterministic_algorithms_are_on()
    {
        Operators.Initialize();
        torch.are_deterministic_algorithms_enabled().ShouldBeTrue();
    }

    [Theory]
    [InlineData("index_select")]
    [InlineData("embedding")]
    [InlineData("indexer")]
    public void Backward_of_repeated_rows_is_the_same_each_time(string how)
    {
        using var scope = NewDisposeScope();
        torch.manual_seed(1);
        var rows = torch.randint(0, 7, [4096]);
        var scale = torch.randn(4096, 64);
        var weight = torch.randn(7, 64).requires_grad_();
        float[]? first = null;
        for (var run = 0; run < 8; run++)
        {
            weight.grad = null;
            var gathered = how switch { "index_select" => weight.index_select(0, rows), "embedding" => F.embedding(rows, weight), _ => weight[rows] };
            (gathered * scale).sum().backward();
            var gradient = weight.grad!.data<float>().ToArray();
            first ??= gradient;
            gradient.ShouldBe(first);
        }
    }

    [Fact]
    public void A_seed_fixes_all_that_follows_and_a_state_continues_it()
    {
        using var scope = NewDisposeScope();
        torch.manual_seed(9);
        var first = torch.rand(5).data<float>().ToArray();
        var state = torch.get_rng_state();
        var second = torch.randn(5).data<float>().ToArray();
        torch.set_rng_state(state);
        torch.randn(5).data<float>().ToArray().ShouldBe(second);
        torch.manual_seed(9);
        torch.rand(5).data<float>().ToArray().ShouldBe(first);
        using var own = new Generator(9);
        torch.rand([5], generator: own).data<float>().ToArray().ShouldBe(first);
    }

    [Fact]
    public void Blas_is_OpenBlas_with_OpenMp_where_libtorch_uses_the_systems()
    {
        if (Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 }) return;
        Blas.LibraryPath.ShouldContain("blas");
        Blas.UsesOpenMp.ShouldBe(true);
    }
}
