using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MedicalGpt.Host.Hub;

/// <summary>Checks a file's content against its identity.</summary>
internal static partial class HubDigest
{
    private const int Buffer = 1 << 20;

    /// <summary>Whether an identity is a digest: 64 hexadecimal digits of SHA-256, or 40 of a git blob's SHA-1.</summary>
    /// <param name="etag">The identity.</param>
    /// <returns>Whether.</returns>
    public static bool Known(string etag) => Hex().IsMatch(etag);

    /// <summary>The digest of a file, of the kind that an identity is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="etag">The identity.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Hexadecimal digits in lower case.</returns>
    public static async Task<string> OfAsync(string path, string etag, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Buffer, FileOptions.Asynchronous | FileOptions.SequentialScan);
        // Git's own object format: SHA-1 names the content here, it protects nothing.
        using var hash = IncrementalHash.CreateHash(etag.Length == 64 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        if (etag.Length == 40)
            hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {file.Length}\0")));
        var bytes = new byte[Buffer];
        while (await file.ReadAsync(bytes, cancellation) is > 0 and var count)
            hash.AppendData(bytes.AsSpan(0, count));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Hex();
}
