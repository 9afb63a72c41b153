using System.Text;

namespace MedicalGpt.Training.Tokenization.Unicode;

/// <summary>
/// Unicode normalisation forms (Unicode standard annex 15): decompose, order marks by class, compose.
/// Origins follow the tokenizers library: a composed character points at the first character it was made of.
/// </summary>
internal sealed class UnicodeNormalizer : INormalizer
{
    private readonly DecompositionData _data = DecompositionData.Instance;
    private readonly bool _compose;
    private readonly bool _compatibility;
    private readonly bool[] _mayChange = new bool[0x10000];

    /// <summary>Creates a normaliser.</summary>
    /// <param name="compose">True = forms C and KC, false = D and KD.</param>
    /// <param name="compatibility">True = forms KC and KD.</param>
    public UnicodeNormalizer(bool compose, bool compatibility)
    {
        _compose = compose;
        _compatibility = compatibility;
        for (var unit = 0x80; unit < 0x10000; unit++)
            _mayChange[unit] = char.IsSurrogate((char)unit) || _data.MayChange(unit, compose, compatibility);
    }

    /// <summary>Normalises a text whose origins are not needed.</summary>
    public string Normalize(string text) => Normalize(NormalizedText.Of(text)).Text;

    public NormalizedText Normalize(NormalizedText text)
    {
        if (!MayChange(text.Text))
            return text;
        var scalars = new List<Scalar>(text.Text.Length);
        foreach (var rune in text.Text.EnumerateRunes())
            Decompose(rune.Value, 0, scalars);
        Order(scalars);
        return Write(_compose ? Compose(scalars) : scalars, text);
    }

    private bool MayChange(string text)
    {
        foreach (var unit in text)
            if (_mayChange[unit])
                return char.IsSurrogate(unit) ? AnyRuneMayChange(text) : true;
        return false;
    }

    private bool AnyRuneMayChange(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (_data.MayChange(rune.Value, _compose, _compatibility))
                return true;
        return false;
    }

    // Change is 0 for a character that stands for one original, +1 for one that was added, -k for one that took in k more.
    private int Decompose(int codePoint, int change, List<Scalar> scalars)
    {
        if ((_data.DecompositionOf(codePoint, _compatibility) ?? Hangul.Decompose(codePoint)) is not { } parts)
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

    private static NormalizedText Write(List<Scalar> scalars, NormalizedText source)
    {
        var output = new TextTransform(source);
        foreach (var scalar in scalars)
            output.Add(new Rune(scalar.CodePoint), scalar.Change);
        return output.Finish();
    }

    private readonly record struct Scalar(int CodePoint, int Class, int Change);
}
