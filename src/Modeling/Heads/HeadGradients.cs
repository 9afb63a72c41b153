using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Derivatives by the head's inputs, summed over chunks; null for weights that are frozen or absent. Branches: A and B of each.</summary>
internal sealed record HeadGradients(Tensor Hidden, Tensor? Weight, IReadOnlyList<Tensor?> Branches)
{
    public static HeadGradients Zero(Tensor hidden, ModelParameter weight, IReadOnlyList<LoraBranch> branches) => new(
        empty_like(hidden),
        Zero(weight),
        [.. branches.SelectMany(b => new[] { Zero(b.A), Zero(b.B) })]);

    /// <summary>Adds one chunk.</summary>
    /// <param name="start">First row.</param>
    /// <param name="rows">States, [c, H].</param>
    /// <param name="byLogits">Derivative by the logits, fp32 [c, V].</param>
    /// <param name="weight">The head's weight in the compute format, [V, H].</param>
    /// <param name="branches">The head's branches.</param>
    public void Add(long start, Tensor rows, Tensor byLogits, Tensor weight, IReadOnlyList<LoraBranch> branches)
    {
        var narrow = byLogits.to(weight.dtype);
        var byRows = narrow.matmul(weight);
        for (var i = 0; i < branches.Count; i++)
        {
            var (branch, wide) = (branches[i], rows.to(ScalarType.Float32));
            var byInner = byLogits.matmul(branch.B.Value).mul_(branch.Factor);
            byRows = byRows.add(byInner.matmul(branch.A.Value).to(byRows.dtype));
            Branches[2 * i]?.addmm_(byInner.t(), wide);
            Branches[2 * i + 1]?.addmm_(byLogits.t(), wide.matmul(branch.A.Value.t()).mul_(branch.Factor));
        }

        Hidden.narrow(0, start, rows.shape[0]).copy_(byRows);
        if (Weight is null)
            return;
        if (narrow.dtype == Weight.dtype)
            Weight.addmm_(narrow.t(), rows);
        else
            Weight.add_(narrow.t().matmul(rows));
    }

    public HeadGradients MoveToOuterScope() =>
        new(Hidden.MoveToOuterDisposeScope(), Weight?.MoveToOuterDisposeScope(), [.. Branches.Select(b => b?.MoveToOuterDisposeScope())]);

    private static Tensor? Zero(ModelParameter parameter) => parameter.IsTrained ? zeros_like(parameter.Value) : null;
}
