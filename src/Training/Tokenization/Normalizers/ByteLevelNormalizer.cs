using System.Text;

namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>Writes the UTF-8 bytes of a text in <see cref="ByteAlphabet"/>.</summary>
internal sealed class ByteLevelNormalizer : INormalizer
{
    public NormalizedText Normalize(NormalizedText text) => Spell(text);

    /// <summary>Writes the bytes of a text; bytes of one character share its origin.</summary>
    public static NormalizedText Spell(NormalizedText text)
    {
        var output = new TextTransform(text);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.Text.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(bytes);
            for (var i = 0; i < count; i++)
                output.Add(new Rune(ByteAlphabet.ToCharacter(bytes[i])), i > 0 ? 1 : 0);
        }

        return output.Finish();
    }
}
