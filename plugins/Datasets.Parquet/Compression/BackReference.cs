namespace MedicalGpt.Datasets.Parquet.Compression;

/// <summary>Copies what was written before, as the codecs of the LZ77 family do.</summary>
internal static class BackReference
{
    /// <summary>Copies bytes from <paramref name="offset"/> before the end of what is written; a count above the offset repeats them.</summary>
    /// <returns>False where there are not that many bytes before, or not that much room behind.</returns>
    public static bool TryCopy(Span<byte> target, ref int written, uint offset, int count)
    {
        if (offset == 0 || offset > (uint)written || count > target.Length - written)
            return false;
        var from = written - (int)offset;
        var end = written + count;
        while (written < end)
        {
            // All bytes from `from` on are written, so the stretch that can be copied at once doubles.
            var stretch = Math.Min(end - written, written - from);
            target.Slice(from, stretch).CopyTo(target[written..]);
            written += stretch;
        }

        return true;
    }
}
