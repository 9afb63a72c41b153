using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Activations and their derivatives.</summary>
internal static class ActivationFunctions
{
    /// <summary>act(x).</summary>
    /// <param name="activation">act.</param>
    /// <param name="x">Of any shape.</param>
    /// <returns>A new tensor of the same shape.</returns>
    public static Tensor Of(this Activation activation, Tensor x) => activation switch
    {
        Activation.Silu => nn.functional.silu(x),
        Activation.Gelu => nn.functional.gelu(x),
        Activation.GeluTanh => Activations.GeluTanh(x),
        _ => throw Unknown(activation),
    };

    /// <summary>gradient · act'(x).</summary>
    /// <param name="activation">act.</param>
    /// <param name="gradient">Derivative by act(x), of the shape of x.</param>
    /// <param name="x">Of any shape.</param>
    /// <returns>Of the same shape.</returns>
    public static Tensor Derive(this Activation activation, Tensor gradient, Tensor x) => activation switch
    {
        Activation.Silu => Activations.SiluBackward(gradient, x),
        Activation.Gelu or Activation.GeluTanh => Activations.GeluBackward(gradient, x, activation == Activation.GeluTanh),
        _ => throw Unknown(activation),
    };

    private static InvalidOperationException Unknown(Activation activation) => new($"no activation {activation}");
}
