using System.IO.Hashing;
using MedicalGpt.Datasets.Parquet.Compression;
using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Datasets.Parquet.Pages;

/// <summary>Reads pages from the file. What all columns share: the file, the memory that pages may take, and the buffer for compressed bytes.</summary>
/// <param name="file">The file.</param>
/// <param name="end">Where pages must end: the footer's offset.</param>
/// <param name="budget">Memory for pages.</param>
/// <param name="place">Where reading is.</param>
internal sealed class PageSource(ParquetFile file, long end, MemoryBudget budget, ReadPlace place)
{
    private const int FirstHead = 1 << 10;
    private const int HeadLimit = 16 << 20;

    private readonly PageBuffer _stored = new(budget);

    /// <summary>Memory for pages.</summary>
    public MemoryBudget Budget => budget;

    /// <summary>Where reading is.</summary>
    public ReadPlace Place => place;

    /// <summary>Reads a page's head.</summary>
    public PageHeader ReadHead(long offset)
    {
        if (offset < 4 || offset >= end)
            throw new ParquetException($"a page would be at byte {offset}, outside the data");
        for (var room = FirstHead; ; room *= 8)
        {
            var size = (int)Math.Min(room, end - offset);
            var bytes = _stored.Fit(0, size);
            file.Read(offset, bytes);
            try
            {
                var header = PageHeaderReader.Read(bytes);
                return header.StoredSize <= end - offset - header.HeadSize ? header : throw new ParquetException($"a page of {header.StoredSize} bytes would go beyond the data");
            }
            catch (EndOfBytesException) when (size == room && room < HeadLimit)
            {
                // The head is longer: statistics can hold long values.
            }
        }
    }

    /// <summary>Reads a page's bytes and decompresses them.</summary>
    /// <param name="offset">Where the page's bytes are, behind its head.</param>
    /// <param name="header">Its head.</param>
    /// <param name="codec">Its compression.</param>
    /// <param name="target">Holds the result at its beginning.</param>
    /// <returns>Bytes of the result.</returns>
    public int ReadPage(long offset, PageHeader header, Codec codec, PageBuffer target)
    {
        var levels = header.Type == PageType.DataV2 ? (long)header.RepetitionBytes + header.DefinitionBytes : 0;
        if (levels > header.StoredSize || levels > header.Size)
            throw new ParquetException($"its levels would have {levels} of {Math.Min(header.StoredSize, header.Size)} bytes");
        if (codec == Codec.None || !header.Compressed)
        {
            file.Read(offset, target.Fit(0, header.StoredSize));
            Check(header, target.Bytes.AsSpan(0, header.StoredSize));
            return header.StoredSize;
        }

        var stored = _stored.Fit(0, header.StoredSize);
        file.Read(offset, stored);
        Check(header, stored);
        stored[..(int)levels].CopyTo(target.Fit(0, (int)levels));
        if (header.StoredSize == levels)
            return (int)levels; // version 2 without values
        Decompressor.Decompress(codec, _stored.Bytes.AsMemory((int)levels, header.StoredSize - (int)levels), target, (int)levels, header.Size - (int)levels);
        return header.Size;
    }

    private static void Check(PageHeader header, ReadOnlySpan<byte> stored)
    {
        if (header.Checksum is { } checksum && Crc32.HashToUInt32(stored) != (uint)checksum)
            throw new ParquetException("its bytes do not have the checksum that was written with them");
    }
}
