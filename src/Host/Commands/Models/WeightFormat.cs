namespace MedicalGpt.Host.Commands.Models;

/// <summary>Number type of weights in files.</summary>
public enum WeightFormat
{
    /// <summary>32-bit floats.</summary>
    Fp32,

    /// <summary>bfloat16.</summary>
    Bf16,

    /// <summary>16-bit floats (half precision).</summary>
    Fp16,
}
