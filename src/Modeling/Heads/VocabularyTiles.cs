using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>The output projection, a range of the vocabulary at a time: a weight that is stored otherwise than it is computed with is never cast whole.</summary>
/// <param name="matrix">The weight, [V, H].</param>
/// <param name="branches">LoRA branches (without dropout) that take part.</param>
/// <param name="compute">Format of the product.</param>
internal sealed class VocabularyTiles(ModelParameter matrix, IReadOnlyList<LoraBranch> branches, ScalarType compute)
{
    // A tile of logits then stays in a processor's last-level cache: 8 MB.
    private const long RowsAtOnce = 512;
    private const long TokensAtOnce = 4096;

    public ModelParameter Matrix => matrix;

    public IReadOnlyList<LoraBranch> Branches => branches;

    public ScalarType Compute => compute;

    /// <summary>Neither the weight nor a branch learns here.</summary>
    public bool IsFrozen => !matrix.IsTrained && branches.Count == 0;

    /// <summary>Ranges of the vocabulary.</summary>
    public IEnumerable<(long Start, long Count)> Ranges()
    {
        var alignment = matrix.Packed?.RowAlignment ?? 1;
        var step = Math.Max(1, TokensAtOnce / alignment) * alignment;
        for (long start = 0; start < matrix.Shape[0]; start += step)
            yield return (start, Math.Min(step, matrix.Shape[0] - start));
    }

    /// <summary>Ranges of rows of states.</summary>
    /// <param name="count">All of them.</param>
    public static IEnumerable<(long Start, long Count)> Rows(long count)
    {
        for (long start = 0; start < count; start += RowsAtOnce)
            yield return (start, Math.Min(RowsAtOnce, count - start));
    }

    /// <summary>The weight of a range, in the compute format; a view where it is stored so.</summary>
    /// <param name="start">First token.</param>
    /// <param name="count">How many.</param>
    /// <returns>[n, H].</returns>
    public Tensor Weight(long start, long count) => matrix.Rows(start, count, compute);

    /// <summary>Logits of a range.</summary>
    /// <param name="rows">States, [c, H].</param>
    /// <param name="weight">As <see cref="Weight"/> gave, [n, H].</param>
    /// <param name="start">First token.</param>
    /// <returns>A new fp32 tensor, [c, n].</returns>
    public Tensor Logits(Tensor rows, Tensor weight, long start)
    {
        var logits = nn.functional.linear(rows, weight).to(ScalarType.Float32);
        foreach (var branch in branches)
            logits.addmm_(rows.to(ScalarType.Float32).matmul(branch.A.Value.t()), branch.B.Value.narrow(0, start, weight.shape[0]).t(), 1, (float)branch.Factor);
        return logits;
    }

    /// <summary>The weight's rows of some tokens.</summary>
    /// <param name="ids">[c].</param>
    /// <returns>fp32 [c, H].</returns>
    public Tensor RowsOf(Tensor ids)
    {
        using var scope = NewDisposeScope();
        if (!matrix.IsPacked)
            return matrix.Value.detach().index_select(0, ids).to(ScalarType.Float32).MoveToOuterDisposeScope();
        var result = zeros([ids.shape[0], matrix.Shape[1]], ScalarType.Float32, ids.device);
        foreach (var (start, count) in Ranges())
        {
            using var inner = NewDisposeScope();
            var local = ids.sub(start);
            var inside = local.ge(0).logical_and(local.lt(count)).unsqueeze(1);
            result.add_(matrix.Rows(start, count, ScalarType.Float32).index_select(0, local.clamp(0, count - 1)).mul(inside));
        }

        return result.MoveToOuterDisposeScope();
    }
}
