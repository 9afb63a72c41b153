using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Preferences;

/// <summary>What a language model says about n preference pairs.</summary>
/// <param name="Chosen">Σ log π over the better answer's tokens, [n], nats.</param>
/// <param name="Rejected">Σ log π over the worse answer's tokens, [n], nats.</param>
/// <param name="Prompt">Σ log π over the prompt's learned tokens, [n]; 0 where none is.</param>
/// <param name="ChosenLengths">Tokens of the better answers, fp32 [n].</param>
/// <param name="RejectedLengths">Tokens of the worse answers, fp32 [n].</param>
/// <param name="Tokens">The readout by token.</param>
public sealed record PreferenceReadout(Tensor Chosen, Tensor Rejected, Tensor Prompt, Tensor ChosenLengths, Tensor RejectedLengths, TokenReadout Tokens)
{
    /// <summary>Reads a model.</summary>
    /// <param name="model">Policy or reference.</param>
    /// <param name="batch">Pairs.</param>
    /// <param name="request">What to read beside log-probabilities.</param>
    /// <returns>The readout; differentiable as <see cref="ICausalModel.Read"/> is.</returns>
    public static PreferenceReadout Read(ICausalModel model, PreferenceBatch batch, ReadoutRequest request)
    {
        var tokens = model.Read(batch.Layout, request);
        var owners = batch.TargetOwners;
        var n = batch.Pairs;
        var lengths = new float[2 * n];
        foreach (var owner in owners)
        {
            if (owner < 2 * n)
                lengths[owner]++;
        }

        var sums = SegmentMath.Sum(tokens.LogProbs, TensorValues.Indices(owners, tokens.LogProbs), 3 * n);
        return new PreferenceReadout(
            sums.narrow(0, 0, n),
            sums.narrow(0, n, n),
            sums.narrow(0, 2 * n, n),
            TensorValues.Vector(lengths[..n], sums),
            TensorValues.Vector(lengths[n..], sums),
            tokens);
    }

    /// <summary>Adds metrics that are means over answer tokens: <c>logits/chosen</c>, <c>logits/rejected</c>, <c>entropy</c> (both answers) and <c>mean_token_accuracy</c> (chosen), as far as they were read.</summary>
    /// <param name="metrics">Where to add.</param>
    /// <param name="batch">The pairs that were read.</param>
    public void AddTokenMetrics(Metrics metrics, PreferenceBatch batch)
    {
        var owners = batch.TargetOwners;
        var n = batch.Pairs;
        AddTokenMean(metrics, "logits/chosen", Tokens.MeanLogit, owners, o => o < n);
        AddTokenMean(metrics, "logits/rejected", Tokens.MeanLogit, owners, o => o >= n && o < 2 * n);
        AddTokenMean(metrics, "entropy", Tokens.Entropy, owners, o => o < 2 * n);
        AddTokenMean(metrics, "mean_token_accuracy", Tokens.Correct, owners, o => o < n);
    }

    private static void AddTokenMean(Metrics metrics, string name, Tensor? values, long[] owners, Func<long, bool> counts)
    {
        if (values is null)
            return;
        var numbers = TensorValues.Floats(values);
        var sum = 0.0;
        var weight = 0;
        for (var t = 0; t < numbers.Length; t++)
        {
            if (!counts(owners[t]))
                continue;
            sum += numbers[t];
            weight++;
        }

        metrics.AddMean(name, sum, weight);
    }
}
