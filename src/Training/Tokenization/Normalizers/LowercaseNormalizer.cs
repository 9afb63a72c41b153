using System.Text;

namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>Lower case, character by character (Unicode's full mapping without context: only U+0130 gets longer).</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    private const int CapitalIWithDot = 0x130;
    private const int DotAbove = 0x307;

    public NormalizedText Normalize(NormalizedText text)
    {
        var changes = false;
        foreach (var rune in text.Text.EnumerateRunes())
            changes |= Rune.ToLowerInvariant(rune) != rune || rune.Value == CapitalIWithDot;
        if (!changes)
            return text;
        var output = new TextTransform(text);
        foreach (var rune in text.Text.EnumerateRunes())
        {
            output.Add(rune.Value == CapitalIWithDot ? new Rune('i') : Rune.ToLowerInvariant(rune), 0);
            if (rune.Value == CapitalIWithDot)
                output.Add(new Rune(DotAbove), 1);
        }

        return output.Finish();
    }
}
