namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Element type, numbered as libtorch does.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8 bit.</summary>
        Byte = 0,

        /// <summary>Signed 8 bit.</summary>
        Int8 = 1,

        /// <summary>Signed 16 bit.</summary>
        Int16 = 2,

        /// <summary>Signed 32 bit.</summary>
        Int32 = 3,

        /// <summary>Signed 64 bit.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Two single-precision parts.</summary>
        ComplexFloat32 = 9,

        /// <summary>Two double-precision parts.</summary>
        ComplexFloat64 = 10,

        /// <summary>One byte, 0 or 1.</summary>
        Bool = 11,

        /// <summary>bfloat16: single precision's range with 8 bits of precision.</summary>
        BFloat16 = 15,
    }

    /// <summary>Unsigned 8 bit.</summary>
    public const ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed 8 bit.</summary>
    public const ScalarType int8 = ScalarType.Int8;

    /// <summary>Signed 16 bit.</summary>
    public const ScalarType int16 = ScalarType.Int16;

    /// <summary>Signed 32 bit.</summary>
    public const ScalarType int32 = ScalarType.Int32;

    /// <summary>Signed 64 bit.</summary>
    public const ScalarType int64 = ScalarType.Int64;

    /// <summary>IEEE half precision.</summary>
    public const ScalarType float16 = ScalarType.Float16;

    /// <summary>IEEE single precision.</summary>
    public const ScalarType float32 = ScalarType.Float32;

    /// <summary>IEEE double precision.</summary>
    public const ScalarType float64 = ScalarType.Float64;

    /// <summary>bfloat16.</summary>
    public const ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>True where the type holds fractions.</summary>
    public static bool is_floating_point(ScalarType type) => type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>True where the type holds integers.</summary>
    public static bool is_integral(ScalarType type) => type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64;
}
