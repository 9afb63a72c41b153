using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Tests;

/// <summary>Grad mode, leaves, views and in-place changes.</summary>
public sealed class GradModeTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Guards_nest_and_restore_also_when_an_operator_throws()
    {
        using (no_grad())
        {
            is_grad_enabled().ShouldBeFalse();
            using (enable_grad()) is_grad_enabled().ShouldBeTrue();
            is_grad_enabled().ShouldBeFalse();
        }

        Should.Throw<TorchException>(() =>
        {
            using var guard = no_grad();
            torch.ones(2).mm(torch.ones(2));
        });
        is_grad_enabled().ShouldBeTrue();
    }

    [Fact]
    public void A_leaf_changes_in_place_only_without_grad()
    {
        var leaf = torch.ones([2], requires_grad: true);
        Should.Throw<TorchException>(() => leaf.add_(1)).Message.ShouldContain("leaf");
        using (no_grad()) leaf.add_(1);
        leaf.data<float>().ToArray().ShouldBe([2f, 2f]);
        leaf.requires_grad.ShouldBeTrue();
        leaf.is_leaf.ShouldBeTrue();
        leaf.view(1, 2).is_leaf.ShouldBeFalse();
        leaf.detach().requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void Gradients_accumulate_and_can_be_freed()
    {
        var x = torch.ones([2], requires_grad: true);
        x.grad.ShouldBeNull();
        (x * 3).sum().backward();
        (x * 4).sum().backward();
        x.grad!.data<float>().ToArray().ShouldBe([7f, 7f]);
        x.grad = null;
        x.grad.ShouldBeNull();
    }

    [Fact]
    public void Grad_of_chosen_inputs_accumulates_nothing()
    {
        var x = torch.tensor([2f], requires_grad: true);
        var unused = torch.tensor([1f], requires_grad: true);
        var y = x.pow(3);
        // d x^3 = 3 x^2 = 12, then d 3 x^2 = 6 x = 12
        var first = autograd.grad([y.sum()], [x, unused], create_graph: true, allow_unused: true);
        first[0].item<float>().ShouldBe(12f);
        first[1].ShouldBeNull();
        autograd.grad([first[0].sum()], [x])[0].item<float>().ShouldBe(12f);
        x.grad.ShouldBeNull();
    }

    [Fact]
    public void Bfloat16_rounds_to_eight_bits()
    {
        // 1 + 2^-8 lies half-way between 1 and 1 + 2^-7: to even, 1.
        var x = torch.tensor([1f + 0.00390625f, 3.1415927f]).to(ScalarType.BFloat16);
        x.data<BFloat16>().ToArray().Select(b => (float)b).ShouldBe([1f, 3.140625f]);
        x.to(ScalarType.Float32).data<float>().ToArray().ShouldBe([1f, 3.140625f]);
        ((float)(BFloat16)3.1415927f).ShouldBe(3.140625f);
    }
}
