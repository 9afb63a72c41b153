using System.Text.RegularExpressions;

namespace MedicalGpt.Rewards.Medical.Answers;

/// <summary>
/// Finds the one final answer of a completion, or nothing. Three forms, in this order: exactly one <c>&lt;answer&gt;…&lt;/answer&gt;</c> block;
/// exactly one marker (<c>Answer:</c>, <c>The answer is</c>, <c>答案：</c>, <c>答案是</c>) followed by the rest of its line, on the last line;
/// a completion of one line without any of these. Two blocks or two markers, or text after the final answer, are no final answer: a policy must not
/// be paid for naming several.
/// </summary>
internal static partial class AnswerExtractor
{
    /// <summary>Longer completions than this have no final answer; bounds the work of one row.</summary>
    private const int MaxCharacters = 100_000;

    /// <summary>The final answer as written, or null.</summary>
    public static string? Extract(string completion)
    {
        if (completion.Length > MaxCharacters)
            return null;
        var text = completion.Trim();
        var tags = Tag().Count(text);
        if (tags > 0)
            return tags == 2 && Block().Match(text) is { Success: true } block ? Answer(block.Groups["answer"].Value) : null;
        var markers = Marker().Matches(text);
        return markers.Count switch
        {
            0 => Answer(text),
            1 => Answer(text[(markers[0].Index + markers[0].Length)..]),
            _ => null,
        };
    }

    /// <summary>An answer is one non-empty line.</summary>
    private static string? Answer(string text)
    {
        var answer = text.Trim();
        return answer.Length == 0 || answer.Contains('\n', StringComparison.Ordinal) ? null : answer;
    }

    [GeneratedRegex("</?answer>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<answer>(?<answer>[^<]*)</answer>$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    [GeneratedRegex(@"\banswer\s*(?:is\s*:?|[:：])|答案\s*(?:[:：]|是|为)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
