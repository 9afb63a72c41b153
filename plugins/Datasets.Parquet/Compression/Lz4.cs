using System.Buffers.Binary;

namespace MedicalGpt.Datasets.Parquet.Compression;

/// <summary>Decompresses LZ4 blocks (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md), bare or framed as Hadoop does.</summary>
internal static class Lz4
{
    private const int ShortestMatch = 4;

    /// <summary>Fills the target from one bare block; false where it does not decompress to exactly its length.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target) => TryDecompress(source, target, out var written) && written == target.Length;

    /// <summary>Fills the target from Hadoop's frames: length when decompressed, then blocks, each behind its length, all big endian.</summary>
    public static bool TryDecompressHadoop(ReadOnlySpan<byte> source, Span<byte> target)
    {
        while (source.Length >= 8)
        {
            var left = BinaryPrimitives.ReadUInt32BigEndian(source);
            source = source[4..];
            if (left > (uint)target.Length)
                return false;
            while (left > 0)
            {
                if (source.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(source) is var stored && stored > (uint)source.Length - 4)
                    return false;
                if (!TryDecompress(source.Slice(4, (int)stored), target[..(int)left], out var written) || written == 0)
                    return false;
                source = source[(4 + (int)stored)..];
                target = target[written..];
                left -= (uint)written;
            }
        }

        return source.IsEmpty && target.IsEmpty;
    }

    private static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target, out int written)
    {
        written = 0;
        var at = 0;
        while (at < source.Length)
        {
            var token = source[at++];
            if (!TryReadLength(source, ref at, token >> 4, out var literals) || literals > source.Length - at || literals > target.Length - written)
                return false;
            source.Slice(at, literals).CopyTo(target[written..]);
            at += literals;
            written += literals;
            if (at == source.Length)
                return true; // the last sequence has no match
            if (source.Length - at < 2)
                return false;
            var offset = BinaryPrimitives.ReadUInt16LittleEndian(source[at..]);
            at += 2;
            if (!TryReadLength(source, ref at, token & 15, out var match) || !BackReference.TryCopy(target, ref written, offset, Math.Min(match, int.MaxValue - ShortestMatch) + ShortestMatch))
                return false;
        }

        return true;
    }

    /// <summary>15 means that bytes follow and are added, up to and with the first below 255.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> source, ref int at, int start, out int length)
    {
        length = start;
        if (start < 15)
            return true;
        while (at < source.Length && length < int.MaxValue - 255)
        {
            var next = source[at++];
            length += next;
            if (next < 255)
                return true;
        }

        return false;
    }
}
