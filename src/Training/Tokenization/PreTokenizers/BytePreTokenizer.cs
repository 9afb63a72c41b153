using MedicalGpt.Training.Tokenization.Normalizers;

namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>ByteLevel (GPT-2): words by its pattern, written in <see cref="ByteAlphabet"/>.</summary>
/// <param name="prefixSpace">Whether a blank goes before a text that has none.</param>
/// <param name="words">Cuts words; null = not here.</param>
/// <param name="spell">Whether the words are written in the alphabet; false where the model itself takes bytes, which is the same and faster.</param>
internal sealed class BytePreTokenizer(bool prefixSpace, WordSplitter? words, bool spell) : IPreTokenizer
{
    /// <summary>GPT-2's pattern.</summary>
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public void Apply(PreTokenizedText text)
    {
        if (prefixSpace && text.Words.Exists(word => text.Text.Text[word.Start] != ' '))
            text.Rewrite((word, _) => word.Text[0] == ' ' ? word : PrependNormalizer.Prepend(word, " "));
        words?.Apply(text);
        if (spell)
            text.Rewrite((word, _) => ByteLevelNormalizer.Spell(word));
    }
}
