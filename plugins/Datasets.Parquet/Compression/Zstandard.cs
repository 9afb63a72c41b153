using System.Runtime.InteropServices;

namespace MedicalGpt.Datasets.Parquet.Compression;

/// <summary>Decompresses Zstandard with the system's libzstd.</summary>
internal static partial class Zstandard
{
    private const string Library = "libzstd.so.1";

    /// <summary>Fills the target; false where the bytes do not decompress to exactly its length.</summary>
    /// <exception cref="ParquetException">The library is not installed.</exception>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        try
        {
            var written = Decompress(target, (nuint)target.Length, source, (nuint)source.Length);
            return IsError(written) == 0 && written == (nuint)target.Length;
        }
        catch (DllNotFoundException e)
        {
            throw new ParquetException($"it is compressed with Zstandard, and the system's {Library} cannot be loaded", "install it (Debian and Ubuntu: apt-get install libzstd1), or write the file with another compression", e);
        }
    }

    [LibraryImport(Library, EntryPoint = "ZSTD_decompress")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint Decompress(Span<byte> target, nuint capacity, ReadOnlySpan<byte> source, nuint size);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint IsError(nuint code);
}
