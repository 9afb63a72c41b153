using System.Text.RegularExpressions;
using MedicalGpt.Data;

namespace MedicalGpt.Rewards.Medical.Choice;

/// <summary>
/// Reads a choice: letters alone (<c>C</c>, <c>ACD</c>, <c>A、C和D</c>), one letter with its option's text (<c>C. 出血量</c>), or one of yes, no, maybe
/// (<c>Yes, because …</c>). Anything that names alternatives or several labelled options is no choice.
/// </summary>
internal static partial class ChoiceParser
{
    /// <summary>The choice as sorted letters or a lower-case word; null when there is none.</summary>
    public static string? Parse(string text)
    {
        var plain = HalfWidth.Fold(text).Trim();
        if (LettersAlone().Match(plain) is { Success: true } letters)
            return Sorted(letters.Groups["letter"].Captures.Select(capture => capture.Value[0]));
        if (Labelled().Match(plain) is { Success: true } labelled && Label().Count(plain) == 1 && !Alternative().IsMatch(plain))
            return labelled.Groups["letter"].Value;
        var words = YesNoMaybe().Matches(plain);
        return words.Count == 1 && words[0].Index == 0 ? words[0].Value.ToLowerInvariant() : null;
    }

    /// <summary>A letter named twice is no choice.</summary>
    private static string? Sorted(IEnumerable<char> letters)
    {
        var sorted = string.Concat(letters.Order());
        return sorted.Distinct().Count() == sorted.Length ? sorted : null;
    }

    [GeneratedRegex(@"^[(\[]?(?:(?<letter>[A-J])(?:\s*(?:,|、|&|and|和|及)?\s*(?=[A-J])|))+[)\]]?[.。]?$", RegexOptions.CultureInvariant)]
    private static partial Regex LettersAlone();

    [GeneratedRegex(@"^[(\[]?(?<letter>[A-J])[)\].。、:,]\s*\S", RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"(?<![A-Za-z])[A-J](?=[)\].。、:])", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"\bor\b|\beither\b|或|还是", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Alternative();

    [GeneratedRegex(@"\b(?:yes|no|maybe)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex YesNoMaybe();
}
