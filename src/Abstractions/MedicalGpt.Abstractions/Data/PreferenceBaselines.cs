using System.Text.RegularExpressions;

namespace MedicalGpt.Data;

/// <summary>How well rules that understand nothing tell the chosen from the rejected answer; a reward model must beat them clearly. A tie counts one half.</summary>
/// <param name="LengthOnly">The better of "the longer answer is better" and "the shorter answer is better", in characters: a share in [0.5, 1].</param>
/// <param name="FormatOnly">The best of the rules on marks, digits, lines, capitals and hedging words (each in both directions): a share in [0.5, 1].</param>
/// <param name="Pairs">Number of pairs.</param>
public sealed partial record PreferenceBaselines(double LengthOnly, double FormatOnly, int Pairs)
{
    private static readonly IReadOnlyList<Func<string, int>> Features =
    [
        text => text.Count(char.IsPunctuation),
        text => text.Count(char.IsDigit),
        text => text.Count(character => character == '\n'),
        text => text.Count(char.IsUpper),
        text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length,
        text => Hedge().Count(text),
        text => text.Length > 0 && char.IsPunctuation(text[^1]) ? 1 : 0,
    ];

    /// <summary>Computes the baselines of pairs.</summary>
    /// <param name="pairs">The pairs, for example the held-out ones.</param>
    public static PreferenceBaselines Of(IReadOnlyCollection<PreferencePair> pairs) => new(
        BothWays(pairs, text => text.Length),
        Features.Select(feature => BothWays(pairs, feature)).Max(),
        pairs.Count);

    private static double BothWays(IReadOnlyCollection<PreferencePair> pairs, Func<string, int> feature)
    {
        if (pairs.Count == 0)
            return 0.5;
        var share = pairs.Average(pair => feature(pair.ChosenText).CompareTo(feature(pair.RejectedText)) switch { > 0 => 1.0, 0 => 0.5, _ => 0.0 });
        return Math.Max(share, 1 - share);
    }

    [GeneratedRegex(@"\b(?:or|either|maybe|perhaps|probably)\b|或|可能|还是", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hedge();
}
