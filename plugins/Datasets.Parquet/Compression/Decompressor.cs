using System.IO.Compression;
using System.Runtime.InteropServices;
using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Datasets.Parquet.Compression;

/// <summary>Decompresses pages. A page's size when decompressed is claimed by the file, so it is held against what its codec can reach before memory is taken.</summary>
internal static class Decompressor
{
    /// <summary>What a few bytes may become with any codec.</summary>
    private const int Small = 1 << 20;

    /// <summary>Above this no honest page is compressed more than <see cref="HonestRatio"/> times.</summary>
    private const int Large = 64 << 20;

    private const int HonestRatio = 1 << 10;

    /// <summary>Decompresses into a buffer.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="source">The bytes in the file; not the buffer's.</param>
    /// <param name="target">Holds the result at its beginning.</param>
    /// <param name="offset">Where the result begins; what is before is kept.</param>
    /// <param name="size">Length of the result.</param>
    /// <exception cref="ParquetException">The bytes do not become that, or the codec is not supported.</exception>
    public static void Decompress(Codec codec, ReadOnlyMemory<byte> source, PageBuffer target, int offset, int size)
    {
        if (size == 0)
            return;
        if (size > Small + (source.Length * Ratio(codec)) || size > Math.Max(Large, (long)source.Length * HonestRatio))
            throw new ParquetException($"{source.Length} compressed bytes cannot become {size}");
        var done = codec switch
        {
            Codec.Snappy => Snappy.TryDecompress(source.Span, target.Fit(offset, size)),
            Codec.Lz4 => Lz4.TryDecompress(source.Span, target.Fit(offset, size)),
            
            // Writers disagree on what this codec is; a bare block is what those mean that do not frame.
            Codec.Lz4Hadoop => Lz4.TryDecompressHadoop(source.Span, target.Fit(offset, size)) || Lz4.TryDecompress(source.Span, target.Fit(offset, size)),
            Codec.Zstandard => Zstandard.TryDecompress(source.Span, target.Fit(offset, size)),
            Codec.Gzip => TryRead(new GZipStream(Open(source), CompressionMode.Decompress), target, offset, size),
            _ => TryRead(new BrotliStream(Open(source), CompressionMode.Decompress), target, offset, size),
        };
        if (!done)
            throw new ParquetException($"its {codec} compression is damaged, or the page is not {size} bytes long when decompressed");
    }

    /// <summary>The most bytes that one compressed byte becomes: a copy of 64 bytes takes 3 (Snappy), 255 bytes one more length byte (LZ4), 258 bytes two bits (deflate), a block of 128 KiB 4 bytes (Zstandard).</summary>
    private static long Ratio(Codec codec) => codec switch
    {
        Codec.Snappy => 22,
        Codec.Lz4 or Codec.Lz4Hadoop => 256,
        Codec.Gzip => 1032,
        Codec.Zstandard => 32 << 10,
        Codec.Brotli => int.MaxValue, // has no bound that would help: read as far as it goes
        Codec.Lzo => throw new ParquetException("it is compressed with LZO, which is not supported", "write the file with Snappy or Zstandard compression"),
        _ => throw new ParquetException($"there is no codec {(int)codec}"),
    };

    private static MemoryStream Open(ReadOnlyMemory<byte> source) =>
        MemoryMarshal.TryGetArray(source, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(source.ToArray(), writable: false);

    /// <summary>Reads a stream to its end; memory follows what it really gives.</summary>
    private static bool TryRead(Stream stream, PageBuffer target, int offset, int size)
    {
        using (stream)
        {
            try
            {
                var read = 0;
                while (read < size)
                {
                    var room = (int)Math.Min(size, Math.Max(Small, read * 2L));
                    var count = stream.ReadAtLeast(target.Fit(offset, room)[read..], room - read, throwOnEndOfStream: false);
                    read += count;
                    if (read < room)
                        return false;
                }

                return stream.ReadByte() < 0;
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
            {
                return false;
            }
        }
    }
}
