using System.Buffers.Binary;
using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Datasets.Parquet.Pages;

namespace MedicalGpt.Datasets.Parquet;

/// <summary>A file's frame: PAR1, the pages, the footer, the footer's length (4 bytes, little endian), PAR1.</summary>
/// <param name="Footer">The footer.</param>
/// <param name="Offset">Where it begins, and the pages end.</param>
internal sealed record FileEnd(Footer Footer, long Offset)
{
    private const int Smallest = 12;
    private const int FooterLimit = 256 << 20;

    /// <summary>Reads the footer.</summary>
    /// <exception cref="ParquetException">It is no Parquet file, or its footer is damaged.</exception>
    public static FileEnd Read(ParquetFile file)
    {
        Span<byte> head = stackalloc byte[Smallest];
        head = head[..(int)Math.Min(Smallest, file.Length)];
        file.Read(0, head);
        if (!head.StartsWith("PAR1"u8))
            throw Other(head);
        if (file.Length < Smallest)
            throw new ParquetException($"it ends after {file.Length} bytes");
        Span<byte> tail = stackalloc byte[8];
        file.Read(file.Length - 8, tail);
        if (!tail.EndsWith("PAR1"u8))
            throw new ParquetException("its end is missing");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (size > file.Length - Smallest || size > FooterLimit)
            throw new ParquetException($"its footer would have {size} bytes, but the file has {file.Length} (a footer may have {FooterLimit >> 20} MiB)");
        var footer = new byte[size];
        var offset = file.Length - 8 - size;
        file.Read(offset, footer);
        return new FileEnd(FooterReader.Read(footer), offset);
    }

    /// <summary>What users mistake for Parquet.</summary>
    private static ParquetException Other(ReadOnlySpan<byte> head) =>
        head.StartsWith("PARE"u8) ? FooterReader.Encrypted()
        : head.StartsWith("ARROW1"u8) || head.StartsWith("FEA1"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xff, 0xff, 0xff]) ? new("it is an Arrow or Feather file", "convert it, in Python: datasets.Dataset.from_file(\"data.arrow\").to_parquet(\"data.parquet\")")
        : head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) ? new("it is compressed as a whole with gzip", "unpack it first (gunzip)")
        : head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]) ? new("it is compressed as a whole with Zstandard", "unpack it first (unzstd)")
        : head.StartsWith("version http"u8) ? new("it is a Git LFS pointer, not the file that it stands for", "fetch the file (git lfs pull)")
        : head.IsEmpty ? new("it is empty")
        : new("it does not begin with PAR1", "give a file of the format that its name says");
}
