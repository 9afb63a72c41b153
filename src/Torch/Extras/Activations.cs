using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>Activations that TorchSharp's functions do not have.</summary>
public static class Activations
{
    /// <summary>x · Φ(x) with Φ(x) ≈ (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, of the shape of x.</summary>
    public static Tensor GeluTanh(Tensor x) => Aten.gelu(x, "tanh");
}
