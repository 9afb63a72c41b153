using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Derivatives by the head's inputs, summed over ranges of the vocabulary; null for weights that are frozen or absent. Hidden: fp32 [M, H]. Branches: A and B of each.
/// </summary>
internal sealed record HeadGradients(Tensor Hidden, Tensor? Weight, IReadOnlyList<Tensor?> Branches)
{
    public static HeadGradients Zero(Tensor hidden, VocabularyTiles tiles) => new(
        zeros(hidden.shape, ScalarType.Float32, hidden.device),
        Zero(tiles.Matrix),
        [.. tiles.Branches.SelectMany(b => new[] { Zero(b.A), Zero(b.B) })]);

    /// <summary>Adds some rows and a range of the vocabulary.</summary>
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">States, [c, H].</param>
    /// <param name="start">First token.</param>
    /// <param name="byLogits">Derivative by the logits, fp32 [c, n].</param>
    /// <param name="weight">The range's weight in the compute format, [n, H].</param>
    /// <param name="branches">The head's branches.</param>
    public void Add(long firstRow, Tensor rows, long start, Tensor byLogits, Tensor weight, IReadOnlyList<LoraBranch> branches)
    {
        var narrow = byLogits.to(weight.dtype);
        var byRows = Hidden.narrow(0, firstRow, rows.shape[0]);
        AddProduct(byRows, narrow, weight);
        for (var i = 0; i < branches.Count; i++)
        {
            var (branch, wide) = (branches[i], rows.to(ScalarType.Float32));
            var b = branch.B.Value.narrow(0, start, byLogits.shape[1]);
            var byInner = byLogits.matmul(b).mul_(branch.Factor);
            byRows.addmm_(byInner, branch.A.Value);
            Branches[2 * i]?.addmm_(byInner.t(), wide);
            Branches[2 * i + 1]?.narrow(0, start, byLogits.shape[1]).addmm_(byLogits.t(), wide.matmul(branch.A.Value.t()).mul_(branch.Factor));
        }

        if (Weight is not null)
            AddProduct(Weight.narrow(0, start, byLogits.shape[1]), narrow.t(), rows);
    }

    public HeadGradients MoveToOuterScope() =>
        new(Hidden.MoveToOuterDisposeScope(), Weight?.MoveToOuterDisposeScope(), [.. Branches.Select(b => b?.MoveToOuterDisposeScope())]);

    private static void AddProduct(Tensor sum, Tensor left, Tensor right)
    {
        if (sum.dtype == left.dtype)
            sum.addmm_(left, right);
        else
            sum.add_(left.matmul(right));
    }

    private static Tensor? Zero(ModelParameter parameter) => parameter.IsTrained ? zeros_like(parameter.Value) : null;
}
