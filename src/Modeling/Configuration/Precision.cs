using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Number formats of a model. Trained weights are always fp32 masters and are cast where they are used; frozen weights are stored in the compute format.
/// Norms, softmax, log-probabilities and LoRA branches compute in fp32 in every precision.
/// </summary>
/// <param name="Compute">Format of matrix products and of the residual stream.</param>
public sealed record Precision(ScalarType Compute)
{
    /// <summary>Everything in 32-bit floating point.</summary>
    public static Precision Float32 => new(ScalarType.Float32);

    /// <summary>Matrix products in bfloat16.</summary>
    public static Precision BFloat16 => new(ScalarType.BFloat16);

    /// <summary>Reads the value of <c>--precision</c>.</summary>
    /// <param name="name"><c>fp32</c> or <c>bf16</c>.</param>
    /// <returns>The precision.</returns>
    /// <exception cref="MedicalGptException">Another name.</exception>
    public static Precision Parse(string name) => name switch
    {
        "fp32" or "float32" => Float32,
        "bf16" or "bfloat16" => BFloat16,
        _ => throw new MedicalGptException($"--precision {name}: allowed are fp32 and bf16"),
    };

    /// <summary>The format in which a weight is kept.</summary>
    /// <param name="trained">True = it has gradients.</param>
    /// <returns>The format.</returns>
    public ScalarType Storage(bool trained) => trained ? ScalarType.Float32 : Compute;
}
