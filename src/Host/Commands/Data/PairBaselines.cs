using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>
/// How well preference pairs can be told apart without reading them: by length alone, and by format alone. A reward model that is no better
/// than these has learned nothing about the answers.
/// </summary>
/// <param name="Length">Share of pairs that the better of "longer wins" and "shorter wins" gets right; ties count half.</param>
/// <param name="Format">Share of pairs that the best single format feature gets right; ties count half.</param>
/// <param name="FormatFeature">That feature.</param>
internal sealed record PairBaselines(double Length, double Format, string FormatFeature)
{
    private static readonly (string Name, Func<string, double> Value)[] FormatFeatures =
    [
        ("digits", text => text.Count(char.IsDigit)),
        ("upper-case letters", text => text.Count(char.IsUpper)),
        ("punctuation", text => text.Count(char.IsPunctuation)),
        ("spaces", text => text.Count(char.IsWhiteSpace)),
        ("lines", text => text.Count(c => c == '\n')),
        ("ASCII letters", text => text.Count(char.IsAsciiLetter)),
        ("starts with an upper-case letter", text => text.Length > 0 && char.IsUpper(text[0]) ? 1 : 0),
        ("ends with punctuation", text => text.Length > 0 && char.IsPunctuation(text[^1]) ? 1 : 0),
    ];

    /// <summary>Measures pairs.</summary>
    /// <param name="pairs">Pairs; at least one.</param>
    /// <returns>Both baselines.</returns>
    public static PairBaselines Measure(IReadOnlyCollection<PreferencePair> pairs)
    {
        var best = FormatFeatures.Select(feature => (feature.Name, Share: Best(pairs, feature.Value))).MaxBy(feature => feature.Share);
        return new PairBaselines(Best(pairs, text => text.Length), best.Share, best.Name);
    }

    /// <summary>The share that a feature gets right in its better direction.</summary>
    private static double Best(IReadOnlyCollection<PreferencePair> pairs, Func<string, double> feature)
    {
        var higherWins = pairs.Average(pair => feature(pair.Chosen).CompareTo(feature(pair.Rejected)) switch { > 0 => 1.0, 0 => 0.5, _ => 0.0 });
        return Math.Max(higherWins, 1 - higherWins);
    }
}
