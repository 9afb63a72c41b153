using System.Text;

namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>Replaces characters one by one, or leaves them out: the normalisers StripAccents and Nmt, and parts of Bert's.</summary>
/// <param name="map">The new character; null = left out.</param>
internal sealed class MappingNormalizer(Func<Rune, Rune?> map) : INormalizer
{
    /// <summary>StripAccents: leaves combining marks (category M) out.</summary>
    public static MappingNormalizer StripAccents { get; } = new(rune => CharacterClasses.IsMark(rune) ? null : rune);

    /// <summary>Nmt: sentencepiece's cleaning of controls and odd spaces.</summary>
    public static MappingNormalizer Nmt { get; } = new(rune => rune.Value switch
    {
        >= 1 and <= 8 or 0xB or >= 0xE and <= 0x1F or 0x7F or 0x8F or 0x9F => null,
        9 or 0xA or 0xC or 0xD or 0x1680 or >= 0x200B and <= 0x200F or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD => new Rune(' '),
        _ => rune,
    });

    public NormalizedText Normalize(NormalizedText text)
    {
        var changes = false;
        foreach (var rune in text.Text.EnumerateRunes())
            changes |= map(rune) != rune;
        if (!changes)
            return text;
        var output = new TextTransform(text);
        var position = 0;
        foreach (var rune in text.Text.EnumerateRunes())
        {
            position += rune.Utf16SequenceLength;
            if (map(rune) is { } mapped)
                output.Add(mapped, 0);
            else
                output.SkipTo(position);
        }

        return output.Finish();
    }
}
