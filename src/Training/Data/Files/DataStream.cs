using System.IO.Compression;

namespace MedicalGpt.Training.Data;

/// <summary>Opens data files, decompressing <c>.gz</c> and <c>.zst</c> as they are read.</summary>
internal static class DataStream
{
    /// <summary>Opens a file for reading, with a readable error here and at every later read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">Most bytes between two calls of <see cref="CheckedStream.Restart"/>.</param>
    public static CheckedStream Open(string path, long limit = long.MaxValue)
    {
        try
        {
            Stream file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            return DataFileName.Of(path).Compression switch
            {
                "gz" => new CheckedStream(new GZipStream(file, CompressionMode.Decompress), path) { Limit = limit },
                "zst" => new CheckedStream(new ZstdStream(file, path), path) { Limit = limit },
                _ => new CheckedStream(file, path) { Limit = limit },
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException("The file cannot be read.", e) { Place = path, Given = e.Message };
        }
    }
}
