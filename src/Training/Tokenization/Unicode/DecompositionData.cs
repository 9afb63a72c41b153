using System.Globalization;

namespace MedicalGpt.Training.Tokenization.Unicode;

/// <summary>Combining classes, decompositions and compositions (Unicode standard annex 15). The runtime's own tables are absent in invariant globalisation.</summary>
internal sealed class DecompositionData
{
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatibility = [];
    private readonly Dictionary<long, int> _compositions = [];
    private readonly HashSet<int> _changedByComposing = [];

    private DecompositionData()
    {
        foreach (var fields in UnicodeTables.Lines("canonical"))
        {
            if (fields[0] == "c")
                AddClass(UnicodeTables.Hex(fields[1]), UnicodeTables.Hex(fields[2]), byte.Parse(fields[3], CultureInfo.InvariantCulture));
            else if (fields[0] is "d" or "x")
                AddDecomposition(UnicodeTables.Hex(fields[1]), [.. fields.Skip(2).Select(UnicodeTables.Hex)], composes: fields[0] == "d");
        }

        foreach (var fields in UnicodeTables.Lines("compatibility"))
            _compatibility[UnicodeTables.Hex(fields[0])] = [.. fields.Skip(1).Select(UnicodeTables.Hex)];
    }

    /// <summary>The tables, read at first use.</summary>
    public static DecompositionData Instance { get; } = new();

    /// <summary>Canonical combining class; 0 = starter.</summary>
    public int ClassOf(int codePoint) => _classes.GetValueOrDefault(codePoint);

    /// <summary>The one-step decomposition; null = there is none.</summary>
    public int[]? DecompositionOf(int codePoint, bool compatibility) =>
        _canonical.GetValueOrDefault(codePoint) ?? (compatibility ? _compatibility.GetValueOrDefault(codePoint) : null);

    /// <summary>The primary composite of two code points; 0 = there is none.</summary>
    public int Compose(int first, int second) => _compositions.GetValueOrDefault(((long)first << 32) | (uint)second);

    /// <summary>Whether a text with this code point may differ from its normal form; false for all but a few.</summary>
    public bool MayChange(int codePoint, bool compose, bool compatibility)
    {
        if (compatibility && _compatibility.ContainsKey(codePoint))
            return true;
        return compose
            ? _changedByComposing.Contains(codePoint) || Hangul.IsVowelOrTrail(codePoint)
            : _classes.ContainsKey(codePoint) || _canonical.ContainsKey(codePoint) || Hangul.Decompose(codePoint) is not null;
    }

    private void AddClass(int first, int last, byte combiningClass)
    {
        for (var codePoint = first; codePoint <= last; codePoint++)
        {
            _classes[codePoint] = combiningClass;
            _changedByComposing.Add(codePoint);
        }
    }

    private void AddDecomposition(int codePoint, int[] parts, bool composes)
    {
        _canonical[codePoint] = parts;
        if (composes)
            _compositions[((long)parts[0] << 32) | (uint)parts[1]] = codePoint;
        _changedByComposing.Add(composes ? parts[1] : codePoint);
    }
}
