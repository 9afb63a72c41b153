using System.Text.RegularExpressions;

namespace MedicalGpt.Modeling;

/// <summary>A LoRA adapter's shape (PEFT's LoraConfig).</summary>
public sealed record LoraOptions
{
    private const int LargestRank = 4096;

    /// <summary>Rank r.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>α; branches are scaled by α / r.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Dropout on the branch's input in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Scale by α / √r instead (Kalajdzievski 2023, arXiv:2312.03732).</summary>
    public bool RankStabilized { get; init; }

    /// <summary>Learn the length of each row of the adapted weight apart from its direction: DoRA (Liu et al. 2024, arXiv:2402.09353).</summary>
    public bool Dora { get; init; }

    /// <summary>Bias vectors that are trained, too.</summary>
    public LoraBias Bias { get; init; }

    /// <summary>How fresh branches are drawn.</summary>
    public LoraInitialization Initialization { get; init; }

    /// <summary>Which layers get a branch: linear layers, or the token embedding.</summary>
    public LoraTargets Targets { get; init; } = LoraTargets.AllLinear;

    /// <summary>Layers that get none although they are targets; null = no exception.</summary>
    public LoraTargets? Excluded { get; init; }

    /// <summary>Numbers of the decoder layers that get branches; empty = all (PEFT's <c>layers_to_transform</c>).</summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary>Rank of single layers: a path, its end or a regular expression for it, first match wins (PEFT's <c>rank_pattern</c>).</summary>
    public IReadOnlyDictionary<string, int> RankPattern { get; init; } = new Dictionary<string, int>();

    /// <summary>α of single layers, by the same rule (PEFT's <c>alpha_pattern</c>).</summary>
    public IReadOnlyDictionary<string, double> AlphaPattern { get; init; } = new Dictionary<string, double>();

    /// <summary>Modules that are trained whole, as a copy in the adapter: <c>score</c>, <c>lm_head</c>, <c>embed_tokens</c> or linear layers.</summary>
    public IReadOnlyList<string> ModulesToSave { get; init; } = [];

    /// <summary>The scale of branches that no pattern names.</summary>
    public double Scale => ScaleFor(Rank, Alpha);

    /// <summary>The rank of a layer's branch.</summary>
    /// <param name="path">Module path.</param>
    /// <returns>r.</returns>
    public int RankOf(string path) => Match(RankPattern.Keys, path) is { } key ? RankPattern[key] : Rank;

    /// <summary>The scale of a layer's branch.</summary>
    /// <param name="path">Module path.</param>
    /// <returns>α / r, or α / √r.</returns>
    public double ScaleOf(string path) => ScaleFor(RankOf(path), Match(AlphaPattern.Keys, path) is { } key ? AlphaPattern[key] : Alpha);

    /// <summary>Keys of <see cref="RankPattern"/> and <see cref="AlphaPattern"/> that fit no layer: misspelt, for a fresh adapter.</summary>
    /// <param name="paths">Paths of the layers that have a branch.</param>
    /// <returns>The keys.</returns>
    public IReadOnlyList<string> IdlePatterns(IReadOnlyList<string> paths) =>
        [.. RankPattern.Keys.Concat(AlphaPattern.Keys).Distinct().Where(key => !paths.Any(Expression(key, "LoRA pattern").IsMatch))];

    /// <summary>Checks the numbers.</summary>
    /// <param name="place">Where they come from, for the error.</param>
    /// <returns>This record.</returns>
    /// <exception cref="MedicalGptException">One is out of range.</exception>
    public LoraOptions Checked(string place)
    {
        foreach (var rank in RankPattern.Values.Prepend(Rank))
        {
            if (rank is < 1 or > LargestRank)
                throw new MedicalGptException($"{place}: LoRA rank {rank} is not in [1, {LargestRank}]");
        }

        foreach (var alpha in AlphaPattern.Values.Prepend(Alpha))
        {
            if (!(alpha > 0 && double.IsFinite(alpha)))
                throw new MedicalGptException($"{place}: LoRA alpha {alpha} is not above 0");
        }

        if (!(Dropout >= 0 && Dropout < 1))
            throw new MedicalGptException($"{place}: LoRA dropout {Dropout} is not in [0, 1)");
        foreach (var key in RankPattern.Keys.Concat(AlphaPattern.Keys))
            _ = Expression(key, place);
        return this;
    }

    private double ScaleFor(int rank, double alpha) => alpha / (RankStabilized ? Math.Sqrt(rank) : rank);

    private static string? Match(IEnumerable<string> keys, string path) => keys.FirstOrDefault(k => Expression(k, "LoRA pattern").IsMatch(path));

    private static Regex Expression(string key, string place)
    {
        try
        {
            return new Regex($@"^(?:.*\.)?(?:{key})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new MedicalGptException($"{place}: the pattern key '{key}' is not a supported regular expression: {error.Message}", error);
        }
    }
}
