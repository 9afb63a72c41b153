using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedicalGpt.Data;
using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Training;

/// <summary>SHA-256 of encoded rows as they pass: token ids, masks and what rewards and margins are taken from, in order.</summary>
internal sealed class RowFingerprint : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Takes a row.</summary>
    public void Add(EncodedExample row)
    {
        Fingerprint.Add(hash, row.Segments.Count);
        foreach (var segment in row.Segments)
            Add(segment);
        if (row is PreferenceRow pair)
            Fingerprint.Add(hash, BitConverter.DoubleToInt64Bits(pair.Margin));
        foreach (var (name, value) in Columns(row.Source).OrderBy(column => column.Key, StringComparer.Ordinal))
        {
            Fingerprint.Add(hash, name);
            Fingerprint.Add(hash, value);
        }
    }

    /// <summary>The hash of all rows so far, lower-case hex.</summary>
    public string ToHex() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public void Dispose() => hash.Dispose();

    private static IReadOnlyDictionary<string, string> Columns(Example source) => source switch
    {
        Prompt prompt => prompt.Reference,
        TokenizedPrompt prompt => prompt.Reference,
        _ => new Dictionary<string, string>(),
    };

    private void Add(Segment segment)
    {
        Fingerprint.Add(hash, segment.Parent ?? -1);
        Fingerprint.Add(hash, segment.Ids.Length);
        hash.AppendData(MemoryMarshal.AsBytes<int>(segment.Ids));
        Fingerprint.Add(hash, segment.Learned?.Length ?? -1);
        hash.AppendData(MemoryMarshal.AsBytes<bool>(segment.Learned));
    }
}
