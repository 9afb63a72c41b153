using MedicalGpt.Training.Tokenization.Patterns;

namespace MedicalGpt.Training.Tokenization.Normalizers;

/// <summary>Replaces what a pattern finds.</summary>
internal sealed class ReplaceNormalizer(IPattern pattern, string content) : INormalizer
{
    public NormalizedText Normalize(NormalizedText text)
    {
        var matches = new List<TextRange>();
        pattern.Find(text.Text, matches);
        if (matches.Count == 0)
            return text;
        if (content.Length == 1 && text.Origins is null && matches.TrueForAll(m => m.Length == 1))
            return new NormalizedText(Swap(text.Text, matches), null, text.OriginalLength);
        var output = new TextTransform(text);
        foreach (var match in matches)
        {
            output.KeepTo(match.Start);
            output.SkipTo(match.End);
            output.Insert(content);
        }

        output.KeepTo(text.Text.Length);
        return output.Finish();
    }

    // One unit for one unit: nothing moves.
    private string Swap(string text, List<TextRange> matches) => string.Create(text.Length, (text, matches, content), static (units, state) =>
    {
        state.text.CopyTo(units);
        foreach (var match in state.matches)
            units[match.Start] = state.content[0];
    });
}
