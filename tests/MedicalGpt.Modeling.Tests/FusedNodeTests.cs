using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Graph nodes that keep less give what the plain operators give.</summary>
public sealed class FusedNodeTests
{
    [Theory]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.GeluTanh)]
    public void Gated_product_equals_plain_operators(Activation activation)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        Tensor[] inputs = [randn(7, 12), randn(7, 12)];
        var weight = randn(7, 12);
        var (value, gradients) = Run(inputs, x => GatedProduct.Run(x[0], x[1], activation), weight);
        var (plainValue, plainGradients) = Run(inputs, x => Plain(x[0], activation).mul(x[1]), weight);
        Check.Close(value, plainValue, 1e-6, 1e-6, "value");
        for (var i = 0; i < inputs.Length; i++)
            Check.Close(gradients[i], plainGradients[i], 1e-6, 1e-6, $"gradient {i}");
    }


    private static Tensor Plain(Tensor x, Activation activation) => activation switch
    {
        Activation.Silu => x.mul(x.sigmoid()),
        // x Φ(x), Φ by the error function.
        Activation.Gelu => x.mul(x.div(Math.Sqrt(2)).erf().add(1).mul(0.5)),
        _ => x.mul(x.add(x.pow(3).mul(0.044715)).mul(Math.Sqrt(2 / Math.PI)).tanh().add(1).mul(0.5)),
    };

    private static (Tensor Value, Tensor[] Gradients) Run(Tensor[] inputs, Func<Tensor[], Tensor> function, Tensor weight)
    {
        var leaves = inputs.Select(x => x.detach().clone().requires_grad_(true)).ToArray();
        var value = function(leaves);
        value.mul(weight).sum().backward();
        return (value.detach(), [.. leaves.Select(x => x.grad!)]);
    }
}
