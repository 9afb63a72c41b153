using System.Buffers.Binary;

namespace MedicalGpt.Datasets.Parquet.Compression;

/// <summary>Decompresses raw Snappy (https://github.com/google/snappy/blob/main/format_description.txt).</summary>
internal static class Snappy
{
    /// <summary>Fills the target; false where the bytes do not decompress to exactly its length.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (!TryReadLength(source, out var length, out var at) || length != (uint)target.Length)
            return false;
        var written = 0;
        while (at < source.Length)
        {
            var tag = source[at++];
            if ((tag & 3) == 0)
            {
                if (!TryLiteral(source, ref at, tag, target, ref written))
                    return false;
            }
            else if (!TryReadCopy(source, ref at, tag, out var offset, out var count) || !BackReference.TryCopy(target, ref written, offset, count))
            {
                return false;
            }
        }

        return written == target.Length;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> source, out ulong length, out int at)
    {
        length = 0;
        for (at = 0; at < source.Length && at < 5;)
        {
            var next = source[at];
            length |= (ulong)(next & 127) << (7 * at++);
            if (next < 128)
                return true;
        }

        return false;
    }

    /// <summary>The upper six bits are length - 1, or 60 to 63 for a length in the next 1 to 4 bytes.</summary>
    private static bool TryLiteral(ReadOnlySpan<byte> source, ref int at, byte tag, Span<byte> target, ref int written)
    {
        var count = (tag >> 2) + 1L;
        if (count > 60)
        {
            var bytes = (int)count - 60;
            if (bytes > source.Length - at)
                return false;
            count = 1;
            for (var i = 0; i < bytes; i++)
                count += (long)source[at++] << (8 * i);
        }

        if (count > source.Length - at || count > target.Length - written)
            return false;
        source.Slice(at, (int)count).CopyTo(target[written..]);
        at += (int)count;
        written += (int)count;
        return true;
    }

    /// <summary>1: length 4 to 11, offset of 11 bits; 2: length 1 to 64, offset of 16 bits; 3: the same with 32 bits.</summary>
    private static bool TryReadCopy(ReadOnlySpan<byte> source, ref int at, byte tag, out uint offset, out int count)
    {
        var kind = tag & 3;
        var bytes = kind == 3 ? 4 : kind;
        offset = 0;
        count = kind == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        if (bytes > source.Length - at)
            return false;
        offset = kind switch
        {
            1 => ((uint)(tag >> 5) << 8) | source[at],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(source[at..]),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(source[at..]),
        };
        at += bytes;
        return true;
    }
}
