namespace MedicalGpt.Datasets.Parquet.Encodings;

/// <summary>Reads ULEB-128 numbers.</summary>
internal static class Varint
{
    /// <summary>Reads an unsigned number and moves on.</summary>
    public static ulong Read(byte[] buffer, ref int at, int end)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= end)
                throw new EndOfBytesException();
            var next = buffer[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw new ParquetException("a number is longer than 64 bits");
    }

    /// <summary>Reads a signed number (zigzag) and moves on.</summary>
    public static long ReadSigned(byte[] buffer, ref int at, int end)
    {
        var value = Read(buffer, ref at, end);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
