using System.Security.Cryptography;
using System.Text;

namespace MedicalGpt.Training;

/// <summary>SHA-256 of what a run learns from, so that a resumed run can tell that it is given the same.</summary>
internal static class Fingerprint
{
    private const int Blocks = 64, BlockBytes = 4096;

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

    /// <summary>Adds a text with its length.</summary>
    internal static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    /// <summary>Adds a number.</summary>
    internal static void Add(IncrementalHash hash, long number) => hash.AppendData(BitConverter.GetBytes(number));
}
