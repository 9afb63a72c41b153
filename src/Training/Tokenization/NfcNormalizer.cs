using System.Text;
using MedicalGpt.Training.Tokenization.Unicode;

namespace MedicalGpt.Training.Tokenization;

/// <summary>
/// Unicode normalisation form C (Unicode standard annex 15): decompose, order marks by class, compose.
/// Origins follow the tokenizers library: a composed character points at the first character it was made of.
/// </summary>
internal sealed class NfcNormalizer : INormalizer
{
    private readonly CanonicalData _data = CanonicalData.Instance;

    public NormalizedText Normalize(string text)
    {
        if (!MayChange(text))
            return new NormalizedText(text, null);
        var marks = Decompose(text, out var origins);
        Order(marks);
        return Write(Compose(marks), origins);
    }

    private bool MayChange(string text)
    {
        foreach (var unit in text)
            if (unit >= 0x300 && (char.IsSurrogate(unit) || _data.MayChange(unit)))
                return char.IsSurrogate(unit) ? AnyRuneMayChange(text) : true;
        return false;
    }

    private bool AnyRuneMayChange(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (_data.MayChange(rune.Value))
                return true;
        return false;
    }

    // Change is 0 for a character that stands for one original, +1 for one that was added, -k for one that took in k more.
    private List<Scalar> Decompose(string text, out List<TextRange> origins)
    {
        var scalars = new List<Scalar>(text.Length);
        origins = new List<TextRange>(text.Length);
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            origins.Add(new TextRange(position, position + rune.Utf16SequenceLength));
            position += rune.Utf16SequenceLength;
            Decompose(rune.Value, 0, scalars);
        }

        return scalars;
    }

    private int Decompose(int codePoint, int change, List<Scalar> scalars)
    {
        if ((_data.DecompositionOf(codePoint) ?? Hangul.Decompose(codePoint)) is not { } parts)
        {
            scalars.Add(new Scalar(codePoint, _data.ClassOf(codePoint), change));
            return 1;
        }

        foreach (var part in parts)
            change = Decompose(part, change, scalars);
        return 1;
    }

    private static void Order(List<Scalar> scalars)
    {
        for (var start = 0; start < scalars.Count; start++)
        {
            if (scalars[start].Class == 0)
                continue;
            var end = start;
            while (end < scalars.Count && scalars[end].Class != 0)
                end++;
            var sorted = scalars.GetRange(start, end - start).OrderBy(s => s.Class).ToArray();
            for (var i = 0; i < sorted.Length; i++)
                scalars[start + i] = sorted[i];
            start = end;
        }
    }

    private List<Scalar> Compose(List<Scalar> scalars)
    {
        var output = new List<Scalar>(scalars.Count);
        var starter = -1;
        foreach (var scalar in scalars)
        {
            if (starter >= 0)
            {
                var blocked = output.Count - 1 > starter && output[^1].Class >= scalar.Class;
                var composite = blocked ? 0 : Pair(output[starter].CodePoint, scalar.CodePoint);
                if (composite != 0)
                {
                    output[starter] = new Scalar(composite, 0, output[starter].Change + scalar.Change - 1);
                    continue;
                }
            }

            if (scalar.Class == 0)
                starter = output.Count;
            output.Add(scalar);
        }

        return output;
    }

    private int Pair(int first, int second)
    {
        var syllable = Hangul.Compose(first, second);
        return syllable != 0 ? syllable : _data.Compose(first, second);
    }

    private static NormalizedText Write(List<Scalar> scalars, List<TextRange> origins)
    {
        var text = new StringBuilder(scalars.Count);
        var map = new List<TextRange>(scalars.Count);
        var next = 0;
        foreach (var scalar in scalars)
        {
            var origin = scalar.Change > 0
                ? (next == 0 ? new TextRange(0, 0) : origins[next - 1])
                : origins[Math.Min(next, origins.Count - 1)];
            if (scalar.Change <= 0)
                next += 1 - scalar.Change;
            var rune = new Rune(scalar.CodePoint);
            text.Append(rune);
            for (var unit = 0; unit < rune.Utf16SequenceLength; unit++)
                map.Add(origin);
        }

        return new NormalizedText(text.ToString(), [.. map]);
    }

    private readonly record struct Scalar(int CodePoint, int Class, int Change);
}
