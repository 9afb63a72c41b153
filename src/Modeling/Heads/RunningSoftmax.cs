using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// softmax(z) of rows whose logits come a range of the vocabulary at a time, as in Milakov and Gimelshein 2018 (arXiv:1805.02867): sums are relative
/// to the greatest logit so far and are scaled when a greater one comes. The target's own term is kept apart, so that 1 − p(target) does not cancel.
/// With slopes it also sums ∂ log p(target) / ∂ h = Σ_v (1[v = t] − p_v) ∂z_v/∂h, which needs no second pass over the vocabulary.
/// </summary>
/// <param name="targets">Token ids, [c].</param>
/// <param name="request">What is read.</param>
/// <param name="softCap">Logits become c · tanh(z / c); null = they stay.</param>
/// <param name="slopes">True = sum slopes.</param>
internal sealed class RunningSoftmax(Tensor targets, ReadoutRequest request, double? softCap, bool slopes)
{
    private readonly bool entropy = request.Entropy || request.EntropyGradient;
    private Tensor? greatest;
    private Tensor? best;
    private Tensor? others;
    private Tensor? target;
    private Tensor? targetSlope;
    private Tensor? weighted;
    private Tensor? logitSum;
    private Tensor? pull;
    private long seen;

    /// <summary>Takes a range.</summary>
    /// <param name="tiles">The output projection.</param>
    /// <param name="rows">States, [c, H].</param>
    /// <param name="start">First token of the range.</param>
    /// <param name="count">How many.</param>
    public void Add(VocabularyTiles tiles, Tensor rows, long start, long count)
    {
        using var scope = NewDisposeScope();
        var weight = tiles.Weight(start, count);
        var logits = TokenHead.Capped(tiles.Logits(rows, weight, start), softCap);
        seen += count;
        if (request.MeanLogit)
            Keep(ref logitSum, logitSum is null ? logits.sum(-1) : logitSum.add(logits.sum(-1)));
        var slopeOfCap = slopes && softCap is { } cap ? logits.square().div_(-cap * cap).add_(1) : null;
        if (request.Temperature != 1.0)
            logits.div_(request.Temperature);

        var local = targets.sub(start);
        var inside = local.ge(0).logical_and(local.lt(count)).unsqueeze(1);
        local = local.clamp(0, count - 1).unsqueeze(1);
        Choose(ref target, logits.gather(1, local), inside);
        if (slopeOfCap is not null)
            Choose(ref targetSlope, slopeOfCap.gather(1, local), inside);

        var factor = Raise(logits, start);
        logits.sub_(greatest!);
        var terms = entropy ? logits.exp() : logits.exp_();
        if (entropy)
            Keep(ref weighted, Sum(weighted, factor, logits.add_(greatest!).mul_(terms).sum([-1], true)));
        terms.scatter_(1, local, terms.gather(1, local).masked_fill_(inside, 0));
        Keep(ref others, Sum(others, factor, terms.sum([-1], true)));
        if (!slopes)
            return;
        if (slopeOfCap is not null)
            terms.mul_(slopeOfCap);
        if (pull is null)
            Keep(ref pull, terms.to(weight.dtype).matmul(weight).to(ScalarType.Float32));
        else if (weight.dtype == ScalarType.Float32)
            pull.mul_(factor!).addmm_(terms, weight);
        else
            pull.mul_(factor!).add_(terms.to(weight.dtype).matmul(weight));
    }

    /// <summary>What was read, when every range was taken.</summary>
    /// <returns>Values of the rows, and their log-normalisers, each [c].</returns>
    public (TokenReadout Readout, Tensor Normalizers) Read()
    {
        using var scope = NewDisposeScope();
        var sum = Total();
        var normalizers = greatest!.add(sum.log()).squeeze(1);
        var readout = new TokenReadout(target!.squeeze(1).sub(normalizers).MoveToOuterDisposeScope())
        {
            // log Z − Σ p z.
            Entropy = weighted is null ? null : normalizers.sub(weighted.div(sum).squeeze(1)).MoveToOuterDisposeScope(),
            Correct = best?.eq(targets).MoveToOuterDisposeScope(),
            MeanLogit = logitSum?.div(seen).MoveToOuterDisposeScope(),
        };
        return (readout, normalizers.MoveToOuterDisposeScope());
    }

    /// <summary>∂ log p(target) / ∂ h, when every range was taken.</summary>
    /// <param name="targetRows">The weight's rows of the targets, fp32 [c, H].</param>
    /// <returns>fp32 [c, H].</returns>
    public Tensor Slopes(Tensor targetRows)
    {
        using var scope = NewDisposeScope();
        var sum = Total();
        var share = others!.div(sum);
        var up = targetRows.mul(targetSlope is null ? share : share.mul(targetSlope));
        return up.sub(pull!.div(sum)).div_(request.Temperature).MoveToOuterDisposeScope();
    }

    private Tensor Total() => others!.add(target!.sub(greatest!).exp());

    // The factor that old sums get, [c, 1]; null for the first range.
    private Tensor? Raise(Tensor logits, long start)
    {
        Tensor top;
        if (request.Correct)
        {
            var (values, indices) = logits.max(-1, true);
            top = values;
            indices = indices.add(start).squeeze(1);
            Keep(ref best, best is null ? indices : where(top.gt(greatest!).squeeze(1), indices, best));
        }
        else
        {
            top = logits.amax([-1], true);
        }

        var raised = greatest is null ? top : greatest.maximum(top);
        var factor = greatest?.sub(raised).exp();
        Keep(ref greatest, raised);
        return factor;
    }

    private static Tensor Sum(Tensor? old, Tensor? factor, Tensor part) => old is null ? part : old.mul(factor!).add(part);

    private static void Choose(ref Tensor? kept, Tensor fresh, Tensor inside) => Keep(ref kept, kept is null ? fresh : where(inside, fresh, kept));

    // Lives in the scope of the caller of Add.
    private static void Keep(ref Tensor? kept, Tensor fresh)
    {
        kept?.Dispose();
        kept = fresh.MoveToOuterDisposeScope();
    }
}
