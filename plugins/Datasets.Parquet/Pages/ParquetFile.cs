using Microsoft.Win32.SafeHandles;

namespace MedicalGpt.Datasets.Parquet.Pages;

/// <summary>An open file.</summary>
internal sealed class ParquetFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <param name="path">Its path.</param>
    public ParquetFile(string path)
    {
        _handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        Length = RandomAccess.GetLength(_handle);
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Fills a buffer.</summary>
    /// <exception cref="ParquetException">The file ends before.</exception>
    public void Read(long offset, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(_handle, target, offset);
            if (read == 0)
                throw new EndOfBytesException();
            target = target[read..];
            offset += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
