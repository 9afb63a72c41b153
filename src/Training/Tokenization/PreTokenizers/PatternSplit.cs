using MedicalGpt.Training.Tokenization.Patterns;

namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>Cuts where a pattern matches.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="invert">True = what is between the matches counts as matches.</param>
internal sealed class PatternSplit(IPattern pattern, SplitBehavior behavior, bool invert = false) : WordSplitter
{
    public override void Split(ReadOnlySpan<char> text, List<TextRange> words)
    {
        var matches = new List<TextRange>();
        pattern.Find(text, matches);
        if (behavior == SplitBehavior.Isolated || (behavior == SplitBehavior.Removed && matches.Count == 0 && !invert))
        {
            Isolate(text.Length, matches, words);
            return;
        }

        Merge(Pieces(text.Length, matches), words);
    }

    private static void Isolate(int length, List<TextRange> matches, List<TextRange> words)
    {
        var end = 0;
        foreach (var match in matches)
        {
            if (match.Start > end)
                words.Add(new TextRange(end, match.Start));
            if (match.Length > 0)
                words.Add(match);
            end = match.End;
        }

        if (end < length)
            words.Add(new TextRange(end, length));
    }

    private List<(TextRange Range, bool Match)> Pieces(int length, List<TextRange> matches)
    {
        var pieces = new List<(TextRange, bool)>((2 * matches.Count) + 1);
        var end = 0;
        foreach (var match in matches)
        {
            if (match.Start > end)
                pieces.Add((new TextRange(end, match.Start), invert));
            pieces.Add((match, !invert));
            end = match.End;
        }

        if (end < length)
            pieces.Add((new TextRange(end, length), invert));
        return pieces;
    }

    private void Merge(List<(TextRange Range, bool Match)> pieces, List<TextRange> words)
    {
        var first = words.Count;
        if (behavior == SplitBehavior.MergedWithNext)
            pieces.Reverse();
        var previous = false;
        foreach (var (range, match) in pieces)
        {
            var joins = words.Count > first && behavior switch
            {
                SplitBehavior.Contiguous => match == previous,
                SplitBehavior.MergedWithPrevious or SplitBehavior.MergedWithNext => match && !previous,
                _ => false,
            };
            if (joins)
                words[^1] = behavior == SplitBehavior.MergedWithNext ? new TextRange(range.Start, words[^1].End) : new TextRange(words[^1].Start, range.End);
            else if (behavior != SplitBehavior.Removed || !match)
                words.Add(range);
            previous = match;
        }

        if (behavior == SplitBehavior.MergedWithNext)
            words.Reverse(first, words.Count - first);
        words.RemoveAll(w => w.Length == 0);
    }
}
