using System.Text;
using MedicalGpt.Data;

namespace MedicalGpt.Rewards.Medical.Answers;

/// <summary>
/// The form in which two answers are compared: half-width forms, lower case, a hyphen between letters as a space,
/// white space as one space and none between a number and its unit or beside Chinese, without a final full stop and a leading English article.
/// Decimal points, signs, commas and every word stay, so 1.5 is not 15, "X I" is not "XI" and "A or B" is never "A".
/// </summary>
internal static class AnswerText
{
    private static readonly string[] Articles = ["the ", "an ", "a "];

    /// <summary>Normalises an answer.</summary>
    public static string Normalise(string answer)
    {
        var text = HalfWidth.Fold(answer).ToLowerInvariant().Trim().TrimEnd('.', '。', '!').Trim();
        if (Articles.FirstOrDefault(article => text.Length > article.Length && text.StartsWith(article, StringComparison.Ordinal)) is { } article)
            text = text[article.Length..].TrimStart();
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]) && !IsHyphen(text, i))
                kept.Append(text[i]);
            else if (i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && !Joins(kept[^1], text[i + 1]))
                kept.Append(' ');
        }

        return kept.ToString();
    }

    private static bool IsHyphen(string text, int i) =>
        text[i] is '-' or '\u2010' or '\u2011' && i > 0 && i + 1 < text.Length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]);

    /// <summary>Whether a space between the two says nothing: a number and its unit, or Chinese.</summary>
    private static bool Joins(char left, char right) => (char.IsDigit(left) && char.IsLetter(right)) || IsChinese(left) || IsChinese(right);

    private static bool IsChinese(char character) => character is >= '\u3400' and <= '\u9FFF';
}
