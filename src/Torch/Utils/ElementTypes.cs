using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Utils;

/// <summary>C# element types and the dtypes that they stand for.</summary>
internal static class ElementTypes
{
    internal static ScalarType Of<T>()
        where T : unmanaged
    {
        var type = typeof(T);
        if (type == typeof(float)) return ScalarType.Float32;
        if (type == typeof(double)) return ScalarType.Float64;
        if (type == typeof(long)) return ScalarType.Int64;
        if (type == typeof(int)) return ScalarType.Int32;
        if (type == typeof(short)) return ScalarType.Int16;
        if (type == typeof(sbyte)) return ScalarType.Int8;
        if (type == typeof(byte)) return ScalarType.Byte;
        if (type == typeof(bool)) return ScalarType.Bool;
        if (type == typeof(Half)) return ScalarType.Float16;
        if (type == typeof(BFloat16)) return ScalarType.BFloat16;
        throw new TorchException($"{type.Name} is not an element type. Allowed: float, double, long, int, short, sbyte, byte, bool, Half, BFloat16.");
    }

    internal static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => "float",
        ScalarType.Float64 => "double",
        ScalarType.Int64 => "long",
        ScalarType.Int32 => "int",
        ScalarType.Int16 => "short",
        ScalarType.Int8 => "sbyte",
        ScalarType.Byte => "byte",
        ScalarType.Bool => "bool",
        ScalarType.Float16 => "Half",
        _ => type.ToString(),
    };
}
