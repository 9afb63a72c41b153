using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>A layer with branches as one graph node, against plain operators through autograd.</summary>
public sealed class LoraLinearTests
{
    // With dropout both draw the same masks: each branch draws its own, in order.
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.4, false)]
    [InlineData(0.0, true)]
    [InlineData(0.4, true)]
    public void Equals_plain_operators(double dropout, bool gated)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var weight = Parameter(randn(10, 12), false);
        using var bias = Parameter(randn(10), false);
        ModelParameter[] parts = [Parameter(randn(3, 12), true), Parameter(randn(10, 3), true), Parameter(randn(2, 12), true), Parameter(randn(10, 2), true)];
        LoraBranch[] branches = [new(parts[0], parts[1], null, 0.5, dropout), new(parts[2], parts[3], null, 2, dropout)];
        Tensor[] inputs = [randn(7, 12).requires_grad_(true), randn(7, 12).requires_grad_(true)];
        var byValue = randn(7, 10);
        Tensor[] leaves = [.. inputs, .. parts.Select(p => p.Value)];

        manual_seed(5);
        var product = new LoraProduct(weight, bias, branches, ScalarType.Float32, true);
        var (value, gradients) = Run(() => gated ? GatedLoraLinear.Run(inputs[0], inputs[1], Activation.Silu, product) : LoraLinear.Run(inputs[0], product));
        manual_seed(5);
        var (plainValue, plainGradients) = Run(() => Plain(gated ? inputs[0].mul(inputs[0].sigmoid()).mul(inputs[1]) : inputs[0]));

        Check.Close(value, plainValue, 2e-6, 2e-6, "value");
        for (var i = 0; i < leaves.Length; i++)
        {
            (gradients[i] is null).ShouldBe(plainGradients[i] is null);
            if (gradients[i] is { } gradient)
                Check.Close(gradient, plainGradients[i]!, 5e-6, 5e-6, $"gradient {i}");
        }

        Tensor Plain(Tensor x) => x.matmul(weight.Value.t()).add(bias.Value).add(Branch(x, 0), 0.5).add(Branch(x, 2), 2);

        Tensor Branch(Tensor x, int first)
        {
            var input = dropout > 0 ? x.mul(empty([7, 12], ScalarType.Bool).bernoulli_(1 - dropout)).div(1 - dropout) : x;
            return input.matmul(parts[first].Value.t()).matmul(parts[first + 1].Value.t());
        }

        (Tensor Value, Tensor?[] Gradients) Run(Func<Tensor> function)
        {
            var result = function();
            result.mul(byValue).sum().backward();
            var found = leaves.Select(l => l.grad).ToArray();
            foreach (var leaf in leaves)
                leaf.grad = null;
            return (result.detach(), found);
        }
    }

    [Fact]
    public void A_frozen_input_gets_no_gradient_and_the_branches_learn()
    {
        using var scope = NewDisposeScope();
        using var weight = Parameter(randn(10, 12), false);
        var branch = new LoraBranch(Parameter(randn(3, 12), true), Parameter(randn(10, 3), true), null, 0.5, 0);
        var x = randn(7, 12);
        LoraLinear.Run(x, new LoraProduct(weight, null, [branch], ScalarType.Float32, false)).sum().backward();
        x.grad.ShouldBeNull();
        // d sum / d B = s · Σ_rows (x Aᵀ), the same for each of the 10 outputs.
        Check.Close(branch.B.Value.grad!, x.matmul(branch.A.Value.detach().t()).sum([0]).mul(0.5).unsqueeze(0).repeat([10, 1]), 1e-5, 1e-5, "B");
        branch.A.Value.grad.ShouldNotBeNull();
    }

    private static ModelParameter Parameter(Tensor value, bool trained)
    {
        var parameter = new ModelParameter("p", value.shape);
        parameter.Set(value, ScalarType.Float32, trained);
        return parameter;
    }
}
