using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>Activations that TorchSharp's functions do not have, and derivatives for graph nodes that compute their own.</summary>
public static class Activations
{
    /// <summary>x · Φ(x) with Φ(x) ≈ (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, of the shape of x.</summary>
    public static Tensor GeluTanh(Tensor x) => Aten.gelu(x, "tanh");

    /// <summary>The gradient of the input of x · σ(x).</summary>
    /// <param name="gradient">Of the result.</param>
    /// <param name="x">The input.</param>
    public static Tensor SiluBackward(Tensor gradient, Tensor x) => Aten.silu_backward(gradient, x);

    /// <summary>The gradient of the input of x · Φ(x).</summary>
    /// <param name="gradient">Of the result.</param>
    /// <param name="x">The input.</param>
    /// <param name="tanh">True = the form with tanh.</param>
    public static Tensor GeluBackward(Tensor gradient, Tensor x, bool tanh) => Aten.gelu_backward(gradient, x, tanh ? "tanh" : "none");
}
