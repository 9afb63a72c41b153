using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// y = x Wᵀ + b + Σ s (drop(x) Aᵀ) Bᵀ with frozen W and b, and its derivative, without graph. Branches are computed in fp32 and added in place.
/// Beside x it needs x Aᵀ, [N, r], of each branch for backward, and with dropout one byte per element of x.
/// </summary>
/// <param name="weight">W, [out, in].</param>
/// <param name="bias">b, [out]; null = none.</param>
/// <param name="branches">A, B, s and dropout of each; no magnitudes.</param>
/// <param name="compute">Format of the product with W.</param>
/// <param name="dropout">True = dropout is active.</param>
internal sealed class LoraProduct(ModelParameter weight, ModelParameter? bias, IReadOnlyList<LoraBranch> branches, ScalarType compute, bool dropout)
{
    private readonly double[] factors = [.. branches.Select(b => b.Factor)];

    /// <summary>A and B of each branch: the graph's inputs beside x.</summary>
    public IEnumerable<Tensor> Parameters => branches.SelectMany(b => new Tensor[] { b.A.Value, b.B.Value });

    /// <summary>True when a layer can be computed so.</summary>
    public static bool Fits(ModelParameter weight, ModelParameter? bias, IReadOnlyList<LoraBranch> branches) =>
        branches.Count > 0 && !weight.IsTrained && bias is not { IsTrained: true } && branches.All(b => b.Magnitude is null);

    /// <summary>The forward pass.</summary>
    /// <param name="x">[N, in].</param>
    /// <returns>[N, out], and what backward needs.</returns>
    public (Tensor Y, Tensor[] Kept) Forward(Tensor x)
    {
        using var still = no_grad();
        using var scope = NewDisposeScope();
        var y = weight.Multiply(x, compute, bias);
        var kept = new List<Tensor>();
        foreach (var (branch, factor) in branches.Zip(factors))
        {
            using var inner = NewDisposeScope();
            var mask = Drops(branch) ? empty(x.shape, ScalarType.Bool, x.device).bernoulli_(1 - branch.Dropout) : null;
            var narrow = Input(x, mask, branch).matmul(branch.A.Value.t());
            if (y.dtype == ScalarType.Float32)
                y.addmm_(narrow, branch.B.Value.t(), 1, (float)factor);
            else
                y.add_(narrow.matmul(branch.B.Value.t()).to(y.dtype), factor);
            kept.Add(narrow.MoveToOuterDisposeScope());
            if (mask is not null)
                kept.Add(mask.MoveToOuterDisposeScope());
        }

        return (y.MoveToOuterDisposeScope(), [.. kept.Select(k => k.MoveToOuterDisposeScope())]);
    }

    /// <summary>The backward pass.</summary>
    /// <param name="gradient">Derivative by y, [N, out].</param>
    /// <param name="x">[N, in].</param>
    /// <param name="kept">As <see cref="Forward"/> gave.</param>
    /// <param name="inputLearns">False = the derivative by x is not wanted.</param>
    /// <returns>Derivatives by x and by <see cref="Parameters"/>.</returns>
    public (Tensor? ByX, Tensor?[] ByParameters) Backward(Tensor gradient, Tensor x, ReadOnlySpan<Tensor> kept, bool inputLearns)
    {
        using var scope = NewDisposeScope();
        var wide = gradient.to(ScalarType.Float32);
        var byX = inputLearns ? weight.MultiplyTransposed(gradient, compute).to(x.dtype) : null;
        var byParameters = new List<Tensor?>();
        foreach (var (branch, factor) in branches.Zip(factors))
        {
            using var inner = NewDisposeScope();
            var narrow = kept[0];
            var mask = Drops(branch) ? kept[1] : null;
            kept = kept[(mask is null ? 1 : 2)..];
            var byNarrow = wide.matmul(branch.B.Value).mul_(factor);
            byParameters.Add(branch.A.IsTrained ? byNarrow.t().matmul(Input(x, mask, branch)).MoveToOuterDisposeScope() : null);
            byParameters.Add(branch.B.IsTrained ? wide.t().matmul(narrow).mul_(factor).MoveToOuterDisposeScope() : null);
            if (byX is not null)
                AddInputGradient(byX, byNarrow, branch, mask);
        }

        return (byX?.MoveToOuterDisposeScope(), [.. byParameters.Select(p => p?.MoveToOuterDisposeScope())]);
    }

    private static void AddInputGradient(Tensor byX, Tensor byNarrow, LoraBranch branch, Tensor? mask)
    {
        if (mask is null && byX.dtype == ScalarType.Float32)
        {
            byX.addmm_(byNarrow, branch.A.Value);
            return;
        }

        var part = byNarrow.matmul(branch.A.Value);
        byX.add_((mask is null ? part : part.mul_(mask).div_(1 - branch.Dropout)).to(byX.dtype));
    }

    // fp32, [N, in].
    private static Tensor Input(Tensor x, Tensor? mask, LoraBranch branch)
    {
        var wide = x.to(ScalarType.Float32);
        return mask is null ? wide : wide.mul(mask).div_(1 - branch.Dropout);
    }

    private bool Drops(LoraBranch branch) => dropout && branch.Dropout > 0;
}
