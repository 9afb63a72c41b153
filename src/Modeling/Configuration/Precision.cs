using System.Runtime.Intrinsics.X86;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Number formats of a model. Trained weights and LoRA weights are fp32 masters and are cast where they are used. Norms, softmax, log-probabilities
/// and LoRA branches compute in fp32 in every precision.
/// </summary>
/// <param name="Name"><c>fp32</c>, <c>bf16</c> or <c>fp16</c>.</param>
/// <param name="Master">Format of the masters of weights that learn.</param>
/// <param name="Frozen">Format in which weights that do not learn are kept.</param>
/// <param name="Compute">Format of matrix products and of the residual stream.</param>
public sealed record Precision(string Name, ScalarType Master, ScalarType Frozen, ScalarType Compute)
{
    /// <summary>Everything in 32-bit floating point.</summary>
    public static Precision Float32 => new("fp32", ScalarType.Float32, ScalarType.Float32, ScalarType.Float32);

    /// <summary>Matrix products in bfloat16.</summary>
    public static Precision BFloat16 => new("bf16", ScalarType.Float32, ScalarType.BFloat16, ScalarType.BFloat16);

    /// <summary>True when gradients need a scaled loss: half precision loses those below 6e-8.</summary>
    public bool ScalesLoss => Name == "fp16";

    /// <summary>What a user should know about it; null = nothing.</summary>
    public string? Notice => Name switch
    {
        "fp16" when Compute == ScalarType.Float32 => "this libtorch has no half-precision products for the processor: frozen weights are kept in fp16 and computed with in fp32",
        "bf16" when Compute == ScalarType.Float32 => "this processor has no AVX-512, without which bf16 products are a hundred times slower than fp32 ones: frozen weights are kept in bf16 and computed with in fp32",
        _ => null,
    };

    /// <summary>bfloat16: matrix products in it where the device has them, else in fp32.</summary>
    /// <param name="device">Where the model computes, for example <c>cpu</c>.</param>
    /// <returns>The precision.</returns>
    public static Precision BFloat16On(string device) => device.StartsWith("cpu", StringComparison.Ordinal) && !ProcessorHasBFloat16 ? BFloat16 with { Compute = ScalarType.Float32 } : BFloat16;

    /// <summary>Half precision: matrix products in it where the device has them, else in fp32.</summary>
    /// <param name="device">Where the model computes, for example <c>cpu</c>.</param>
    /// <returns>The precision.</returns>
    public static Precision Float16On(string device) => new("fp16", ScalarType.Float32, ScalarType.Float16, HasHalf(device) ? ScalarType.Float16 : ScalarType.Float32);

    /// <summary>Reads the value of <c>--precision</c>.</summary>
    /// <param name="name"><c>fp32</c>, <c>bf16</c> or <c>fp16</c>.</param>
    /// <param name="device">Where the model computes.</param>
    /// <returns>The precision.</returns>
    /// <exception cref="MedicalGptException">Another name.</exception>
    public static Precision Parse(string name, string device = "cpu") => name switch
    {
        "fp32" or "float32" => Float32,
        "bf16" or "bfloat16" => BFloat16On(device),
        "fp16" or "float16" => Float16On(device),
        _ => throw new MedicalGptException($"--precision {name}: allowed are fp32, bf16 and fp16"),
    };

    /// <summary>The format in which a weight is kept.</summary>
    /// <param name="trained">True = it has gradients.</param>
    /// <returns>The format.</returns>
    public ScalarType Storage(bool trained) => trained ? Master : Frozen;

    // oneDNN multiplies bf16 on AVX-512; libtorch's own loops, taken elsewhere, reach 1.4 GFLOP/s.
    private static bool ProcessorHasBFloat16 => Avx512BW.IsSupported && Avx512DQ.IsSupported;

    // The operators that a layer needs in half precision, tried once on a few numbers.
    private static bool HasHalf(string device)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        try
        {
            var x = ones([8, 8], ScalarType.Float16, torch.device(device));
            _ = nn.functional.silu(x.matmul(x)).mul(x).add(x).softmax(-1);
            _ = x.roll(1, -1).addcmul(x, x, 1).index_select(0, tensor(new long[] { 0 }).to(torch.device(device)));
            return true;
        }
        catch (TorchException)
        {
            return false;
        }
    }
}
