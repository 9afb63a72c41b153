using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>Types of the format that libtorch 1.13 lacks, read as the next one that holds every value.</summary>
internal static unsafe class SafetensorsWidening
{
    /// <summary>The dtype that holds a type's values; false where none is needed or none does.</summary>
    internal static bool TryType(string type, out ScalarType wide)
    {
        wide = type switch
        {
            "F8_E4M3" or "F8_E5M2" => ScalarType.Float32,
            "U16" => ScalarType.Int32,
            "U32" => ScalarType.Int64,
            _ => ScalarType.Byte,
        };
        return wide != ScalarType.Byte;
    }

    /// <summary>Copies elements into a buffer of <see cref="TryType"/>'s dtype; false for other types.</summary>
    internal static bool Copy(string type, byte* from, long count, void* to)
    {
        switch (type)
        {
            case "F8_E4M3":
                for (long i = 0; i < count; i++) ((float*)to)[i] = FourThree(from[i]);
                return true;
            case "F8_E5M2":
                // The upper byte of a half.
                for (long i = 0; i < count; i++) ((float*)to)[i] = (float)BitConverter.UInt16BitsToHalf((ushort)(from[i] << 8));
                return true;
            case "U16":
                for (long i = 0; i < count; i++) ((int*)to)[i] = ((ushort*)from)[i];
                return true;
            case "U32":
                for (long i = 0; i < count; i++) ((long*)to)[i] = ((uint*)from)[i];
                return true;
            default:
                return false;
        }
    }

    // One sign bit, four of the exponent (bias 7), three of the fraction; no infinities, all ones is NaN.
    private static float FourThree(byte bits)
    {
        var (exponent, fraction) = ((bits >> 3) & 15, bits & 7);
        var size = (exponent, fraction) switch
        {
            (15, 7) => float.NaN,
            (0, _) => fraction * MathF.ScaleB(1, -9),
            _ => MathF.ScaleB(1 + fraction / 8f, exponent - 7),
        };
        return bits >= 128 ? -size : size;
    }
}
