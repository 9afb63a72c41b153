using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Algorithms.RewardModel;

/// <summary>
/// Reward modelling: a one-label head scores the last token of each answer; the better answer shall score higher. See <see cref="RewardModelLoss"/>.
/// The scored token is found by its index, never by comparing ids with the padding token.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RewardModelAlgorithm(RewardModelOptions options) : OfflineAlgorithm<PreferenceBatch>
{
    /// <inheritdoc/>
    public override ExampleKind Input => ExampleKind.Preference;

    /// <inheritdoc/>
    public override ModelRoles Roles => ModelRoles.Score;

    /// <inheritdoc/>
    public override EncodeResult Encode(Example example, IExampleEncoder encoder) =>
        PreferenceEncoder.Encode(example, encoder, options.MaxSourceLength + options.MaxTargetLength, truncation: options.Truncation);

    /// <inheritdoc/>
    protected override PreferenceBatch Collate(IReadOnlyList<EncodedExample> examples) => new([.. examples.Cast<PreferenceRow>()]);

    /// <inheritdoc/>
    protected override LossResult Loss(PreferenceBatch batch, Denominators denominators, ITrainingContext context)
    {
        var rewards = context.Models.Score.Score(batch.Layout, batch.LastTokens);
        var chosen = rewards.narrow(0, 0, batch.Pairs);
        var rejected = rewards.narrow(0, batch.Pairs, batch.Pairs);
        var margin = TensorValues.Vector([.. batch.Rows.Select(r => (float)r.Margin)], rewards);
        var loss = RewardModelLoss.PerPair(chosen, rejected, margin, options.CenterRewardsCoefficient).sum() / denominators["pairs"];
        return new LossResult(loss) { Metrics = Measure(batch, TensorValues.Doubles(rewards)) };
    }

    private static Metrics Measure(PreferenceBatch batch, double[] rewards)
    {
        var n = batch.Pairs;
        var metrics = new Metrics();
        metrics.AddMean("accuracy", PairMetrics.Wins(rewards[..n], rewards[n..]), n);
        metrics.AddMean("margin", rewards[..n].Sum() - rewards[n..].Sum(), n);
        metrics.AddMin("min_reward", rewards.Min());
        metrics.AddMean("mean_reward", rewards.Sum(), rewards.Length);
        metrics.AddMax("max_reward", rewards.Max());
        metrics.AddSum("num_tokens", batch.SequenceTokens);
        return metrics;
    }
}
