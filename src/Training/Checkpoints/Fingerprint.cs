using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MedicalGpt.Data;
using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Training;

/// <summary>SHA-256 of what a run learns from, so that a resumed run can tell that it is given the same.</summary>
internal static class Fingerprint
{
    private const int Blocks = 64, BlockBytes = 4096;

    /// <summary>Hashes training rows: token ids, masks and what rewards and margins are taken from, in order.</summary>
    /// <returns>Lower-case hex.</returns>
    public static string OfRows(IReadOnlyList<EncodedExample> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            Add(hash, row.Segments.Count);
            foreach (var segment in row.Segments)
                Add(hash, segment);
            if (row is PreferenceRow pair)
                Add(hash, BitConverter.DoubleToInt64Bits(pair.Margin));
            foreach (var (name, value) in Columns(row.Source).OrderBy(column => column.Key, StringComparer.Ordinal))
            {
                Add(hash, name);
                Add(hash, value);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Hashes a model folder without reading all of it: config.json, and of every weight file the name, the size and evenly spaced blocks.</summary>
    /// <returns>Lower-case hex.</returns>
    public static string OfModel(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var config = Path.Combine(folder, "config.json");
        if (File.Exists(config))
            Add(hash, File.ReadAllText(config));
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.safetensors") : [];
        var block = new byte[BlockBytes];
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            Add(hash, Path.GetFileName(path));
            Add(hash, length);
            for (var i = 0; i < Blocks; i++)
                hash.AppendData(block.AsSpan(0, RandomAccess.Read(file, block, length / Blocks * i)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IReadOnlyDictionary<string, string> Columns(Example source) => source switch
    {
        Prompt prompt => prompt.Reference,
        TokenizedPrompt prompt => prompt.Reference,
        _ => new Dictionary<string, string>(),
    };

    private static void Add(IncrementalHash hash, Segment segment)
    {
        Add(hash, segment.Parent ?? -1);
        Add(hash, segment.Ids.Length);
        hash.AppendData(MemoryMarshal.AsBytes<int>(segment.Ids));
        Add(hash, segment.Learned?.Length ?? -1);
        hash.AppendData(MemoryMarshal.AsBytes<bool>(segment.Learned));
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number) => hash.AppendData(BitConverter.GetBytes(number));
}
