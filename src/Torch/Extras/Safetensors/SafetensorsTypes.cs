using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>dtypes of the format: bytes per element and, where libtorch has it, the tensor's dtype.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, ScalarType> Tensors = new(StringComparer.Ordinal)
    {
        ["F64"] = ScalarType.Float64,
        ["F32"] = ScalarType.Float32,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["I64"] = ScalarType.Int64,
        ["I32"] = ScalarType.Int32,
        ["I16"] = ScalarType.Int16,
        ["I8"] = ScalarType.Int8,
        ["U8"] = ScalarType.Byte,
        ["BOOL"] = ScalarType.Bool,
    };

    internal static string Names => string.Join(", ", Tensors.Keys);

    /// <summary>Bytes per element; null for a name that the format does not have.</summary>
    internal static int? SizeOf(string type) => type switch
    {
        "F64" or "I64" or "U64" or "C64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
        _ => null,
    };

    internal static bool TryTensorType(string type, out ScalarType tensorType) => Tensors.TryGetValue(type, out tensorType);

    internal static string NameOf(ScalarType type)
    {
        foreach (var (name, value) in Tensors)
            if (value == type) return name;
        throw new SafetensorsException($"A tensor of dtype {type} cannot be stored. Allowed: {string.Join(", ", Tensors.Values)}.");
    }
}
