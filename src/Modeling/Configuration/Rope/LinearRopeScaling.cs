using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>Position interpolation: every position is divided by a factor (Chen et al. 2023, arXiv:2306.15595).</summary>
/// <param name="Factor">The factor.</param>
public sealed record LinearRopeScaling(double Factor) : RopeScaling
{
    /// <inheritdoc/>
    public override string Type => "linear";

    /// <inheritdoc/>
    public override double[] Frequencies(double theta, int rotary, long length) => [.. Plain(theta, rotary).Select(f => f / Factor)];

    /// <inheritdoc/>
    public override int Reach(int maxPositions) => Times(maxPositions, Factor);

    internal override IEnumerable<string> Faults(int rotary) => AtLeastOne("factor", Factor);

    internal override JsonObject ToJson() => new() { ["factor"] = Factor };
}
