using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Names of float formats in config files.</summary>
internal static class FormatNames
{
    /// <summary>Python's name.</summary>
    public static string Of(ScalarType format) => format switch
    {
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float16 => "float16",
        ScalarType.Float64 => "float64",
        _ => "float32",
    };

    /// <summary>The format of a name; fp32 for an unknown one.</summary>
    public static ScalarType Parse(string? name) => name switch
    {
        "bfloat16" => ScalarType.BFloat16,
        "float16" => ScalarType.Float16,
        _ => ScalarType.Float32,
    };
}
