using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MedicalGpt.Training.DataChecks;

/// <summary>64-bit hashes of texts (XXH3); equal hashes are taken for equal texts: among a million rows, the chance that any two differ is 3e-8.</summary>
internal static class TextHash
{
    /// <summary>The hash of texts in order.</summary>
    public static ulong Of(IEnumerable<string> texts)
    {
        var hash = new XxHash3();
        foreach (var text in texts)
        {
            hash.Append(MemoryMarshal.AsBytes([text.Length]));
            hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>The hash of a text.</summary>
    public static ulong Of(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
}
