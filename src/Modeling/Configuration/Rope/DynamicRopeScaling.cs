using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>
/// Dynamic NTK: beyond the length the model was trained on, the base grows with the sequence. transformers takes the longest sequence of a batch;
/// here it is the sequence's own length, so results do not depend on what else is in the batch.
/// </summary>
/// <param name="Factor">How fast it grows.</param>
/// <param name="OriginalLength">Length up to which nothing changes (<c>max_position_embeddings</c>).</param>
public sealed record DynamicRopeScaling(double Factor, int OriginalLength) : RopeScaling
{
    /// <inheritdoc/>
    public override string Type => "dynamic";

    /// <inheritdoc/>
    public override bool DependsOnLength => true;

    /// <inheritdoc/>
    public override long LengthClass(long length) => Math.Max(length, OriginalLength);

    /// <inheritdoc/>
    public override double[] Frequencies(double theta, int rotary, long length) =>
        Plain(theta * Math.Pow(Factor * LengthClass(length) / OriginalLength - (Factor - 1), rotary / (rotary - 2.0)), rotary);

    /// <inheritdoc/>
    public override int Reach(int maxPositions) => Times(maxPositions, Factor);

    internal override IEnumerable<string> Faults(int rotary) => rotary > 2 ? AtLeastOne("factor", Factor) : [$"rope scaling: dynamic needs more than 2 rotated elements of a head, there are {rotary}"];

    internal override JsonObject ToJson() => new() { ["factor"] = Factor };
}
