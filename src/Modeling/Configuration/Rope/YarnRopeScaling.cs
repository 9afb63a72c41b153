using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>YaRN: pairs that turn often over the original length are kept, those that turn rarely are interpolated, with a ramp between, and attention is sharpened (Peng et al. 2023, arXiv:2309.00071).</summary>
/// <param name="Factor">Interpolation s.</param>
/// <param name="OriginalLength">Length of the first training.</param>
public sealed record YarnRopeScaling(double Factor, int OriginalLength) : RopeScaling
{
    /// <summary>Turns above which a pair is kept.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>Turns below which a pair is interpolated.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>The attention factor itself; null = from the two scales, else 0.1 · ln(s) + 1.</summary>
    public double? GivenAttentionFactor { get; init; }

    /// <summary>With <see cref="AllDimensionsScale"/>: the attention factor is a ratio of both (DeepSeek).</summary>
    public double? Scale { get; init; }

    /// <summary>See <see cref="Scale"/>.</summary>
    public double? AllDimensionsScale { get; init; }

    /// <summary>The ramp begins and ends at whole pairs.</summary>
    public bool Truncate { get; init; } = true;

    /// <inheritdoc/>
    public override string Type => "yarn";

    /// <inheritdoc/>
    public override double AttentionFactor => GivenAttentionFactor
        ?? (Scale is > 0 and { } scale && AllDimensionsScale is > 0 and { } all ? Sharpening(scale) / Sharpening(all) : Sharpening(1));

    /// <inheritdoc/>
    public override double[] Frequencies(double theta, int rotary, long length)
    {
        var (low, high) = (Pair(BetaFast), Pair(BetaSlow));
        if (Truncate)
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, rotary - 1));
        var width = low == high ? 0.001 : high - low;
        return [.. Plain(theta, rotary).Select((f, i) => f * (1 - Math.Clamp((i - low) / width, 0, 1) * (1 - 1 / Factor)))];

        // The pair that makes this many turns over the original length.
        double Pair(double turns) => rotary * Math.Log(OriginalLength / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
    }

    /// <inheritdoc/>
    public override int Reach(int maxPositions) => Math.Max(maxPositions, Times(OriginalLength, Factor));

    internal override IEnumerable<string> Faults(int rotary) => BetaFast > BetaSlow && BetaSlow > 0
        ? [.. Length(OriginalLength), .. AtLeastOne("factor", Factor)]
        : [$"rope scaling: beta_fast {BetaFast} is not above beta_slow {BetaSlow}, or that is not above 0"];

    internal override JsonObject ToJson()
    {
        var json = new JsonObject { ["factor"] = Factor, ["original_max_position_embeddings"] = OriginalLength, ["beta_fast"] = BetaFast, ["beta_slow"] = BetaSlow, ["truncate"] = Truncate };
        foreach (var (key, value) in new[] { ("attention_factor", GivenAttentionFactor), ("mscale", Scale), ("mscale_all_dim", AllDimensionsScale) })
        {
            if (value is { } number)
                json[key] = number;
        }

        return json;
    }

    private double Sharpening(double scale) => Factor <= 1 ? 1 : 0.1 * scale * Math.Log(Factor) + 1;
}
