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
            var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            return DataFileName.Of(path).Compression switch
            {
                "gz" => new CheckedStream(new GZipStream(RequireGzip(file, path), CompressionMode.Decompress), path) { Limit = limit },
                "zst" => new CheckedStream(new ZstdStream(file, path), path) { Limit = limit },
                _ => new CheckedStream(file, path) { Limit = limit },
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedicalGptException("The file cannot be read.", e) { Place = path, Given = e.Message };
        }
    }

    // RFC 1952: a member begins with 1F 8B.
    private static FileStream RequireGzip(FileStream file, string path)
    {
        Span<byte> magic = stackalloc byte[2];
        if (file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && !magic.SequenceEqual<byte>([0x1F, 0x8B]))
        {
            file.Dispose();
            throw new MedicalGptException("The file's name says gzip, but it is not compressed that way.") { Place = path, Given = $"first bytes {magic[0]:X2} {magic[1]:X2}", Allowed = "1F 8B", Remedy = "take .gz off its name if it is plain text, or fetch it again" };
        }

        file.Position = 0;
        return file;
    }
}
