using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Log-probabilities, entropies and more at chosen positions, some rows and a range of the vocabulary at a time: no [M, V] tensor is ever made.
/// All of it in fp32 from the logits on. A frozen head computes its derivative together with the values; a trained one computes the logits again.
/// </summary>
/// <param name="head">The output projection.</param>
/// <param name="compute">Format of the product with the vocabulary.</param>
/// <param name="adapter">True = the head's LoRA branch (without dropout) or trained copy takes part.</param>
/// <param name="request">What is read.</param>
/// <param name="softCap">Logits z become c · tanh(z / c); null = they stay.</param>
internal sealed class TokenHead(LinearLayer head, ScalarType compute, bool adapter, ReadoutRequest request, double? softCap)
{
    private readonly VocabularyTiles tiles = new(head.WeightOf(adapter), head.BranchesOf(adapter), compute);

    /// <summary>Weights that take part in the graph, in the order of <see cref="HeadGradients"/>.</summary>
    public IReadOnlyList<Tensor> Weights => tiles.IsFrozen ? [] : [tiles.Matrix.Value, .. tiles.Branches.SelectMany(b => new[] { b.A.Value, b.B.Value })];

    /// <summary>True when <see cref="Forward"/> can give slopes: only states learn, and by log-probabilities alone.</summary>
    public bool HasSlopes => tiles.IsFrozen && !request.EntropyGradient;

    /// <summary>c · tanh(z / c).</summary>
    /// <param name="logits">fp32, of any shape; without graph they may be written into.</param>
    /// <param name="cap">c; null = nothing happens.</param>
    /// <returns>Of the same shape.</returns>
    public static Tensor Capped(Tensor logits, double? cap) => cap switch
    {
        null => logits,
        { } c when is_grad_enabled() => logits.div(c).tanh().mul(c),
        { } c => logits.div_(c).tanh_().mul_(c),
    };

    /// <summary>Reads a batch, without graph.</summary>
    /// <param name="hidden">Normalised states that predict, [M, H].</param>
    /// <param name="targets">Token ids, [M].</param>
    /// <param name="slopes">True = with slopes.</param>
    /// <returns>What was asked for; log-normalisers, [M]; ∂ log p / ∂ hidden, fp32 [M, H].</returns>
    public HeadReading Forward(Tensor hidden, Tensor targets, bool slopes)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var result = HeadReading.Empty(hidden, request, slopes);
        foreach (var (start, count) in VocabularyTiles.Rows(hidden.shape[0]))
        {
            using var inner = NewDisposeScope();
            var (rows, target) = (hidden.narrow(0, start, count), targets.narrow(0, start, count));
            var softmax = new RunningSoftmax(target, request, softCap, slopes);
            foreach (var (first, width) in tiles.Ranges())
                softmax.Add(tiles, rows, first, width);
            var (readout, normalizers) = softmax.Read();
            result.Put(start, readout, normalizers, slopes ? softmax.Slopes(tiles.RowsOf(target)) : null);
        }

        return result.MoveToOuterScope();
    }

    /// <summary>
    /// The derivative: ∂ log p(t) / ∂ z = (1[t] − p) / τ and ∂ entropy / ∂ z = −p (log p + entropy) / τ, z = logits, τ = temperature.
    /// </summary>
    /// <param name="hidden">As in <see cref="Forward"/>.</param>
    /// <param name="targets">As in <see cref="Forward"/>.</param>
    /// <param name="normalizers">What <see cref="Forward"/> gave, [M].</param>
    /// <param name="entropies">What <see cref="Forward"/> gave, [M]; null when entropies carry no gradient.</param>
    /// <param name="byLogProbs">Derivative by the log-probabilities, [M]; null = 0.</param>
    /// <param name="byEntropies">Derivative by the entropies, [M]; null = 0.</param>
    /// <returns>Derivatives by the states and by the weights.</returns>
    public HeadGradients Backward(Tensor hidden, Tensor targets, Tensor normalizers, Tensor? entropies, Tensor? byLogProbs, Tensor? byEntropies)
    {
        using var scope = NewDisposeScope();
        var sums = HeadGradients.Zero(hidden, tiles);
        foreach (var (start, count) in VocabularyTiles.Rows(hidden.shape[0]))
        {
            Tensor Column(Tensor vector) => vector.narrow(0, start, count).unsqueeze(1);
            foreach (var (first, width) in tiles.Ranges())
            {
                using var inner = NewDisposeScope();
                var rows = hidden.narrow(0, start, count);
                var weight = tiles.Weight(first, width);
                var logits = Capped(tiles.Logits(rows, weight, first), softCap);
                // The cap's slope, 1 - tanh².
                var slopeOfCap = softCap is { } cap ? logits.square().div_(-cap * cap).add_(1) : null;
                if (request.Temperature != 1.0)
                    logits.div_(request.Temperature);
                logits.sub_(Column(normalizers));
                var byLogits = logits.exp();
                if (byEntropies is not null)
                {
                    var slope = logits.add_(Column(entropies!)).mul_(Column(byEntropies));
                    if (byLogProbs is not null)
                        slope.add_(Column(byLogProbs));
                    byLogits.mul_(slope).neg_();
                }
                else
                {
                    byLogits.mul_(Column(byLogProbs!)).neg_();
                }

                if (byLogProbs is not null)
                {
                    var local = Column(targets).sub(first);
                    var outside = local.lt(0).logical_or(local.ge(width));
                    // Not scatter_add_: it has no deterministic form on every card.
                    local = local.clamp(0, width - 1);
                    byLogits.scatter_(1, local, byLogits.gather(1, local).add_(Column(byLogProbs).masked_fill(outside, 0)));
                }

                if (request.Temperature != 1.0)
                    byLogits.div_(request.Temperature);
                if (slopeOfCap is not null)
                    byLogits.mul_(slopeOfCap);
                sums.Add(start, rows, first, byLogits, weight, tiles.Branches);
            }
        }

        return sums.MoveToOuterScope();
    }
}
