using System.Globalization;

namespace MedicalGpt.Training.Tokenization.Unicode;

/// <summary>Canonical combining classes, decompositions and compositions (Unicode standard annex 15). The runtime's own tables are absent in invariant globalisation.</summary>
internal sealed class CanonicalData
{
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<long, int> _compositions = [];
    private readonly HashSet<int> _changing = [];

    private CanonicalData()
    {
        using var stream = typeof(CanonicalData).Assembly.GetManifestResourceStream("unicode.canonical.txt")
            ?? throw new InvalidOperationException("The resource unicode.canonical.txt is missing from the build.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            if (fields[0] == "c")
                AddClass(Hex(fields[1]), Hex(fields[2]), byte.Parse(fields[3], CultureInfo.InvariantCulture));
            else if (fields[0] is "d" or "x")
                AddDecomposition(Hex(fields[1]), [.. fields.Skip(2).Select(Hex)], composes: fields[0] == "d");
        }
    }

    /// <summary>The tables, read at first use.</summary>
    public static CanonicalData Instance { get; } = new();

    /// <summary>Canonical combining class; 0 = starter.</summary>
    public int ClassOf(int codePoint) => _classes.GetValueOrDefault(codePoint);

    /// <summary>The one-step canonical decomposition; null = there is none.</summary>
    public int[]? DecompositionOf(int codePoint) => _decompositions.GetValueOrDefault(codePoint);

    /// <summary>The primary composite of two code points; 0 = there is none.</summary>
    public int Compose(int first, int second) => _compositions.GetValueOrDefault(((long)first << 32) | (uint)second);

    /// <summary>Whether a text with this code point may differ from its normal form; false for all but a few.</summary>
    public bool MayChange(int codePoint) => codePoint >= 0x300 && (_changing.Contains(codePoint) || Hangul.IsVowelOrTrail(codePoint));

    private static int Hex(string field) => int.Parse(field, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void AddClass(int first, int last, byte combiningClass)
    {
        for (var codePoint = first; codePoint <= last; codePoint++)
        {
            _classes[codePoint] = combiningClass;
            _changing.Add(codePoint);
        }
    }

    private void AddDecomposition(int codePoint, int[] parts, bool composes)
    {
        _decompositions[codePoint] = parts;
        if (composes)
        {
            _compositions[((long)parts[0] << 32) | (uint)parts[1]] = codePoint;
            _changing.Add(parts[1]);
        }
        else
        {
            _changing.Add(codePoint);
        }
    }
}
