using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>A first look at a stream of rows: how many there are, and a hash of all that is in them, origins included, so that messages about rows from the cache name the right lines.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Hash">SHA-256, lower-case hex.</param>
internal sealed record RowSurvey(int Count, string Hash)
{
    /// <summary>Looks at rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="most">Most rows.</param>
    /// <param name="look">Looks at each of them; null = nothing is looked for.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<RowSurvey> OfAsync(IAsyncEnumerable<Example> rows, int most, Action<Example>? look, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(row, row.GetType());
            Fingerprint.Add(hash, row.GetType().Name);
            Fingerprint.Add(hash, bytes.Length);
            hash.AppendData(bytes);
            look?.Invoke(row);
            if (++count == most)
                break;
        }

        return new RowSurvey(count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The cache's key of a part of the rows.</summary>
    /// <param name="encoding">What decides how rows are encoded.</param>
    /// <param name="content">Hash of the rows.</param>
    /// <param name="part">The part.</param>
    public static string Key(string encoding, string content, RowPart part) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{RowStoreFormat.Version}\n{encoding}\n{content}\n{part.Name}\n{part.Most}"))));
}
