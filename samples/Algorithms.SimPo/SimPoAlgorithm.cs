using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using MedicalGpt.Training.Preferences;
using static MedicalGpt.Torch.torch;

namespace Samples.Algorithms.SimPo;

/// <summary>Learns from pairs without a reference model; the reward of an answer is its mean log-probability. See <see cref="SimPoLoss"/>.</summary>
/// <param name="options">Options.</param>
public sealed class SimPoAlgorithm(SimPoOptions options) : OfflineAlgorithm<PreferenceBatch>
{
    /// <inheritdoc/>
    public override ExampleKind Input => ExampleKind.Preference;

    /// <inheritdoc/>
    public override ModelRoles Roles => ModelRoles.Policy;

    /// <inheritdoc/>
    public override EncodeResult Encode(Example example, IExampleEncoder encoder) =>
        PreferenceEncoder.Encode(example, encoder, options.MaxLength);

    /// <inheritdoc/>
    protected override PreferenceBatch Collate(IReadOnlyList<EncodedExample> examples) => new([.. examples.Cast<PreferenceRow>()]);

    /// <inheritdoc/>
    protected override LossResult Loss(PreferenceBatch batch, Denominators denominators, ITrainingContext context)
    {
        var read = PreferenceReadout.Read(context.Models.Policy, batch, ReadoutRequest.LogProbsOnly);
        var chosen = read.Chosen / read.ChosenLengths;
        var rejected = read.Rejected / read.RejectedLengths;
        var loss = SimPoLoss.PerPair(chosen, rejected, options.Beta, options.Gamma).sum() / denominators["pairs"];

        var metrics = new Metrics();
        PairMetrics.AddRewards(metrics, TensorValues.Doubles(options.Beta * chosen), TensorValues.Doubles(options.Beta * rejected));
        metrics.AddMean("logps/chosen", TensorValues.Doubles(chosen).Sum(), batch.Pairs);
        metrics.AddMean("logps/rejected", TensorValues.Doubles(rejected).Sum(), batch.Pairs);
        metrics.AddSum("num_tokens", batch.SequenceTokens);
        return new LossResult(loss) { Metrics = metrics };
    }
}
