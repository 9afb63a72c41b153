using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using MedicalGpt.Training.Preferences;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Orpo;

/// <summary>Odds-ratio preference optimisation: fine-tuning and preference learning in one step, without a reference model. See <see cref="OrpoLoss"/>.</summary>
/// <param name="options">Options.</param>
public sealed class OrpoAlgorithm(OrpoOptions options) : OfflineAlgorithm<PreferenceBatch>
{
    /// <inheritdoc/>
    public override ExampleKind Input => ExampleKind.Preference;

    /// <inheritdoc/>
    public override ModelRoles Roles => ModelRoles.Policy;

    /// <inheritdoc/>
    public override EncodeResult Encode(Example example, IExampleEncoder encoder) =>
        PreferenceEncoder.Encode(example, encoder, options.MaxSourceLength + options.MaxTargetLength, learnPrompt: options.NllScope == OrpoNllScope.Full, truncation: options.Truncation);

    /// <inheritdoc/>
    protected override PreferenceBatch Collate(IReadOnlyList<EncodedExample> examples) => new([.. examples.Cast<PreferenceRow>()]);

    /// <inheritdoc/>
    protected override LossResult Loss(PreferenceBatch batch, Denominators denominators, ITrainingContext context)
    {
        var read = PreferenceReadout.Read(context.Models.Policy, batch, new ReadoutRequest(MeanLogit: true));
        var chosen = read.Chosen / read.ChosenLengths;
        var rejected = read.Rejected / read.RejectedLengths;
        var logOdds = OrpoLoss.LogOddsRatio(chosen, rejected);

        var nll = CrossEntropy.Loss(read.Chosen + read.Prompt, denominators["tokens"]);
        var loss = nll + (OrpoLoss.PerPair(logOdds, options.Beta).sum() / denominators["pairs"]);
        return new LossResult(loss) { Metrics = Measure(batch, read, chosen, rejected, logOdds) };
    }

    private Metrics Measure(PreferenceBatch batch, PreferenceReadout read, Tensor chosen, Tensor rejected, Tensor logOdds)
    {
        var metrics = new Metrics();
        PairMetrics.AddRewards(metrics, TensorValues.Doubles(options.Beta * chosen), TensorValues.Doubles(options.Beta * rejected));
        metrics.AddMean("logps/chosen", TensorValues.Doubles(chosen).Sum(), batch.Pairs);
        metrics.AddMean("logps/rejected", TensorValues.Doubles(rejected).Sum(), batch.Pairs);
        metrics.AddMean("nll_loss", -TensorValues.Number((read.Chosen + read.Prompt).sum()), batch.Counts["tokens"]);
        metrics.AddMean("log_odds_ratio", TensorValues.Number(nn.functional.logsigmoid(logOdds).sum()), batch.Pairs);
        metrics.AddMean("log_odds_chosen", TensorValues.Number(logOdds.sum()), batch.Pairs);
        read.AddTokenMetrics(metrics, batch);
        metrics.AddSum("num_tokens", batch.SequenceTokens);
        return metrics;
    }
}
