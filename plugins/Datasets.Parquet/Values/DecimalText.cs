using System.Globalization;
using System.Numerics;
using System.Text;

namespace MedicalGpt.Datasets.Parquet.Values;

/// <summary>Writes decimals with all their places, as JSON numbers.</summary>
internal static class DecimalText
{
    /// <summary>More than any writer uses (76 digits take 32 bytes); longer ones would take long to write.</summary>
    private const int LengthLimit = 128;

    /// <summary>An unscaled number of a big-endian two's complement.</summary>
    public static byte[] Format(ReadOnlySpan<byte> unscaled, int scale)
    {
        if (unscaled.Length > LengthLimit)
            throw new ParquetException($"a decimal has {unscaled.Length} bytes; at most {LengthLimit} are read");
        return Format(new BigInteger(unscaled, isUnsigned: false, isBigEndian: true), scale);
    }

    /// <summary>The number, divided by ten to the power of <paramref name="scale"/>.</summary>
    public static byte[] Format(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits.AsSpan(..^scale)}.{digits.AsSpan(^scale..)}";
        return Encoding.ASCII.GetBytes(unscaled.Sign < 0 ? "-" + text : text);
    }
}
