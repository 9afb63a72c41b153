using System.Globalization;

namespace MedicalGpt.Training.Tokenization.Unicode;

/// <summary>Reads the tables that are built into this assembly.</summary>
internal static class UnicodeTables
{
    /// <summary>The fields of each line of a table that is no remark.</summary>
    public static IEnumerable<string[]> Lines(string name)
    {
        using var stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream($"unicode.{name}.txt")
            ?? throw new InvalidOperationException($"The resource unicode.{name}.txt is missing from the build.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                yield return line.Split(' ');
    }

    /// <summary>A hexadecimal field.</summary>
    public static int Hex(string field) => int.Parse(field, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
