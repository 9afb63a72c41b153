using MedicalGpt.Training.Tokenization.Normalizers;
using MedicalGpt.Training.Tokenization.Patterns;

namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>Sentencepiece's way: a mark stands for a blank, also before the text, and words begin at marks.</summary>
/// <param name="mark">The mark, one character.</param>
/// <param name="scheme">Where a mark is put before text that has none.</param>
/// <param name="split">Whether text is cut at marks.</param>
internal sealed class MetaspacePreTokenizer(string mark, PrependScheme scheme, bool split) : IPreTokenizer
{
    private readonly ReplaceNormalizer _blanks = new(new LiteralPattern(" "), mark);
    private readonly PatternSplit _words = new(new LiteralPattern(mark), SplitBehavior.MergedWithNext);

    public void Apply(PreTokenizedText text)
    {
        text.Rewrite((word, range) =>
        {
            var marked = _blanks.Normalize(word);
            var prepend = scheme == PrependScheme.Always || (scheme == PrependScheme.First && text.BeginsText(range));
            return prepend && !marked.Text.StartsWith(mark, StringComparison.Ordinal) ? PrependNormalizer.Prepend(marked, mark) : marked;
        });
        if (split)
            _words.Apply(text);
    }
}
