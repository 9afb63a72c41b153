using System.Globalization;
using System.Text;
using MedicalGpt.Training.Tokenization.Unicode;

namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>BERT's cleaning (Devlin et al. 2018): controls out, spaces around ideographs, accents off, lower case.</summary>
internal sealed class BertNormalizer : INormalizer
{
    private readonly SequenceNormalizer _parts;

    /// <summary>Creates the normaliser.</summary>
    /// <param name="clean">Whether controls go and white space becomes blanks.</param>
    /// <param name="ideographs">Whether ideographs get blanks around them.</param>
    /// <param name="stripAccents">Whether accents go.</param>
    /// <param name="lowercase">Whether letters become small.</param>
    public BertNormalizer(bool clean, bool ideographs, bool stripAccents, bool lowercase)
    {
        var parts = new List<INormalizer>();
        if (clean)
            parts.AddRange([new MappingNormalizer(r => r.Value is 0 or 0xFFFD || IsControl(r) ? null : r), new MappingNormalizer(r => CharacterClasses.IsSpace(r) ? new Rune(' ') : r)]);
        if (ideographs)
            parts.Add(new Spacing());
        if (stripAccents)
            parts.AddRange([new UnicodeNormalizer(compose: false, compatibility: false), new MappingNormalizer(r => Rune.GetUnicodeCategory(r) == UnicodeCategory.NonSpacingMark ? null : r)]);
        if (lowercase)
            parts.Add(new LowercaseNormalizer());
        _parts = new SequenceNormalizer(parts);
    }

    public NormalizedText Normalize(NormalizedText text) => _parts.Normalize(text);

    private static bool IsControl(Rune rune) => rune.Value is not (9 or 10 or 13) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;

    private static bool IsIdeograph(int c) => c is >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF or >= 0x20000 and <= 0x2A6DF or >= 0x2A700 and <= 0x2B73F
        or >= 0x2B740 and <= 0x2B81F or >= 0x2B920 and <= 0x2CEAF or >= 0xF900 and <= 0xFAFF or >= 0x2F800 and <= 0x2FA1F;

    private sealed class Spacing : INormalizer
    {
        public NormalizedText Normalize(NormalizedText text)
        {
            var output = new TextTransform(text);
            foreach (var rune in text.Text.EnumerateRunes())
            {
                var ideograph = IsIdeograph(rune.Value);
                if (ideograph)
                    output.Add(new Rune(' '), 0);
                output.Add(rune, ideograph ? 1 : 0);
                if (ideograph)
                    output.Add(new Rune(' '), 1);
            }

            return output.Finish();
        }
    }
}
