using System.Security.Cryptography;
using System.Text;

namespace MedicalGpt.Hub.Tests.Support;

/// <summary>A file that the test's hub serves.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="IsLarge">Whether it is an LFS file, served by the store behind a redirect.</param>
internal sealed record HubContent(byte[] Bytes, bool IsLarge)
{
    /// <summary>Its identity: SHA-256 of an LFS file, else git's blob id.</summary>
    public string ETag { get; init; } = IsLarge ? Convert.ToHexStringLower(SHA256.HashData(Bytes)) : BlobId(Bytes);

    /// <summary>Git's id of a blob.</summary>
    /// <param name="bytes">Its content.</param>
    public static string BlobId(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"));
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A small text file.</summary>
    /// <param name="text">Its text.</param>
    public static HubContent Text(string text) => new(Encoding.UTF8.GetBytes(text), IsLarge: false);

    /// <summary>An LFS file of random bytes.</summary>
    /// <param name="size">Its size.</param>
    /// <param name="seed">Decides the bytes.</param>
    public static HubContent Large(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return new HubContent(bytes, IsLarge: true);
    }
}
