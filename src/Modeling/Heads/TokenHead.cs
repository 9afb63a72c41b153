using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Log-probabilities, entropies and more at chosen positions, in chunks of rows: logits exist for one chunk at a time, forward and backward
/// (they are computed again), so no [M, V] tensor is ever made. All of it in fp32 from the logits on.
/// </summary>
/// <param name="head">The output projection.</param>
/// <param name="compute">Format of the product with the vocabulary.</param>
/// <param name="adapter">True = the head's LoRA branch (without dropout) or trained copy takes part.</param>
/// <param name="request">What is read.</param>
/// <param name="softCap">Logits z become c · tanh(z / c); null = they stay.</param>
internal sealed class TokenHead(LinearLayer head, ScalarType compute, bool adapter, ReadoutRequest request, double? softCap)
{
    private const long ChunkBytes = 32 << 20;

    private readonly ModelParameter matrix = head.WeightOf(adapter);
    private readonly IReadOnlyList<LoraBranch> branches = head.BranchesOf(adapter);

    /// <summary>Weights that take part, in the order of <see cref="HeadGradients"/>.</summary>
    public IReadOnlyList<Tensor> Weights => [matrix.Value, .. branches.SelectMany(b => new[] { b.A.Value, b.B.Value })];

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
    /// <returns>What was asked for, and the log-normalisers, [M].</returns>
    public (TokenReadout Readout, Tensor Normalizers) Forward(Tensor hidden, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var count = hidden.shape[0];
        Tensor New(ScalarType type) => empty([count], type, hidden.device);
        var (logProbs, normalizers) = (New(ScalarType.Float32), New(ScalarType.Float32));
        var entropy = request.Entropy || request.EntropyGradient ? New(ScalarType.Float32) : null;
        var correct = request.Correct ? New(ScalarType.Bool) : null;
        var meanLogit = request.MeanLogit ? New(ScalarType.Float32) : null;
        var weight = matrix.In(compute);
        foreach (var (start, length) in Chunks(count))
        {
            using var inner = NewDisposeScope();
            var target = targets.narrow(0, start, length);
            var logits = Logits(hidden.narrow(0, start, length), weight);
            meanLogit?.narrow(0, start, length).copy_(logits.mean([-1]));
            if (request.Temperature != 1.0)
                logits.div_(request.Temperature);
            var normalizer = logits.logsumexp(-1);
            normalizers.narrow(0, start, length).copy_(normalizer);
            logProbs.narrow(0, start, length).copy_(logits.gather(1, target.unsqueeze(1)).squeeze(1).sub_(normalizer));
            correct?.narrow(0, start, length).copy_(logits.argmax(-1).eq(target));
            if (entropy is not null)
            {
                var probabilities = logits.sub(normalizer.unsqueeze(1)).exp_();
                entropy.narrow(0, start, length).copy_(normalizer.sub(probabilities.mul_(logits).sum(-1)));
            }
        }

        var readout = new TokenReadout(logProbs.MoveToOuterDisposeScope()) { Entropy = entropy?.MoveToOuterDisposeScope(), Correct = correct?.MoveToOuterDisposeScope(), MeanLogit = meanLogit?.MoveToOuterDisposeScope() };
        return (readout, normalizers.MoveToOuterDisposeScope());
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
        var weight = matrix.In(compute);
        var sums = HeadGradients.Zero(hidden, matrix, branches);
        foreach (var (start, length) in Chunks(hidden.shape[0]))
        {
            using var inner = NewDisposeScope();
            var rows = hidden.narrow(0, start, length);
            var target = targets.narrow(0, start, length).unsqueeze(1);
            var logits = Logits(rows, weight);
            // The cap's slope, 1 - tanh².
            var slopeOfCap = softCap is { } cap ? logits.square().div_(-cap * cap).add_(1) : null;
            if (request.Temperature != 1.0)
                logits.div_(request.Temperature);
            logits.sub_(normalizers.narrow(0, start, length).unsqueeze(1));
            var byLogits = logits.exp();
            if (byEntropies is not null)
            {
                var slope = logits.add_(entropies!.narrow(0, start, length).unsqueeze(1)).mul_(byEntropies.narrow(0, start, length).unsqueeze(1));
                if (byLogProbs is not null)
                    slope.add_(byLogProbs.narrow(0, start, length).unsqueeze(1));
                byLogits.mul_(slope).neg_();
            }
            else
            {
                byLogits.mul_(byLogProbs!.narrow(0, start, length).unsqueeze(1)).neg_();
            }

            if (byLogProbs is not null)
                byLogits.scatter_add_(1, target, byLogProbs.narrow(0, start, length).unsqueeze(1));
            if (request.Temperature != 1.0)
                byLogits.div_(request.Temperature);
            if (slopeOfCap is not null)
                byLogits.mul_(slopeOfCap);
            sums.Add(start, rows, byLogits, weight, branches);
        }

        return sums.MoveToOuterScope();
    }

    private IEnumerable<(long Start, long Length)> Chunks(long count)
    {
        var rows = Math.Max(1, ChunkBytes / (4 * matrix.Shape[0]));
        for (long start = 0; start < count; start += rows)
            yield return (start, Math.Min(rows, count - start));
    }

    private Tensor Logits(Tensor rows, Tensor weight)
    {
        var logits = nn.functional.linear(rows, weight);
        return Capped(branches.Aggregate(logits, (sum, branch) => branch.AddTo(sum, rows, false)).to(ScalarType.Float32), softCap);
    }
}
