using MedicalGpt.Training.Tokenization.Patterns;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>{"String": …}</c> and <c>{"Regex": …}</c>.</summary>
internal static class PatternReader
{
    /// <summary>Reads a pattern.</summary>
    public static IPattern Read(JsonPlace pattern)
    {
        if (pattern.IsNull)
            throw pattern.Expected("a pattern: {\"String\": …} or {\"Regex\": …}");
        if (!pattern["String"].IsNull)
            return new LiteralPattern(pattern["String"].Text());
        var regex = pattern["Regex"];
        var text = regex.Text();
        if (Literal(text) is { } literal)
            return new LiteralPattern(literal);
        try
        {
            return new RegexPattern(text);
        }
        catch (FormatException error)
        {
            throw new MedicalGptException($"{regex.Source}: {regex.Path} is a regular expression that cannot be used: {error.Message}.", error) { Place = regex.Source, Given = text.Length > 200 ? text[..200] + "…" : text };
        }
    }

    // Most regular expressions of normalisers are one blank.
    private static string? Literal(string text) => text.Length > 0 && text.All(c => c == ' ' || char.IsAsciiLetterOrDigit(c) || c == '\u2581') ? text : null;
}
