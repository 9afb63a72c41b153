using MedicalGpt.Options;

namespace MedicalGpt.Training;

/// <summary>PyTorch's names of number types.</summary>
public enum ComputeFormat
{
    /// <summary>32-bit floats.</summary>
    [OptionName("float32")]
    Float32,

    /// <summary>bfloat16.</summary>
    [OptionName("bfloat16")]
    Bfloat16,

    /// <summary>Half precision.</summary>
    [OptionName("float16")]
    Float16,
}
