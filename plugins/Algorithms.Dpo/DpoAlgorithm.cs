using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using MedicalGpt.Training.Preferences;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Dpo;

/// <summary>
/// Direct preference optimisation: learns from pairs without a reward model, staying near a frozen reference. See <see cref="DpoLoss"/>.
/// Both answers share one computation of the prompt; the reference is read once per update, before its first backward.
/// </summary>
public sealed class DpoAlgorithm : OfflineAlgorithm<PreferenceBatch>
{
    private readonly DpoOptions options;

    /// <summary>Creates the algorithm.</summary>
    /// <param name="options">Options.</param>
    /// <exception cref="MedicalGptException"><c>exo_pair</c> without label smoothing.</exception>
    public DpoAlgorithm(DpoOptions options)
    {
        if (options.LossType == DpoLossType.ExoPair && options.LabelSmoothing == 0)
            throw new MedicalGptException("--loss-type exo_pair takes the logarithm of --label-smoothing, which is 0; give a value above 0, for example 0.001");
        this.options = options;
    }

    /// <inheritdoc/>
    public override ExampleKind Input => ExampleKind.Preference;

    /// <inheritdoc/>
    public override ModelRoles Roles => ModelRoles.Policy | ModelRoles.Reference;

    /// <inheritdoc/>
    public override EncodeResult Encode(Example example, IExampleEncoder encoder) =>
        PreferenceEncoder.Encode(example, encoder, options.MaxSourceLength + options.MaxTargetLength, truncation: options.Truncation);

    /// <inheritdoc/>
    public override ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken)
    {
        var rows = new List<EncodedExample>();
        foreach (var chunk in examples.Cast<PreferenceRow>().Chunk(context.Batch.MicroBatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.AddRange(WithReference(chunk, context));
        }

        return ValueTask.FromResult<Experience>(new OfflineExperience(rows));
    }

    /// <inheritdoc/>
    protected override PreferenceBatch Collate(IReadOnlyList<EncodedExample> examples) => new([.. examples.Cast<PreferenceRow>()]);

    /// <inheritdoc/>
    protected override LossResult Loss(PreferenceBatch batch, Denominators denominators, ITrainingContext context)
    {
        var read = PreferenceReadout.Read(context.Models.Policy, batch, new ReadoutRequest(Entropy: true, Correct: true, MeanLogit: true));
        var chosen = read.Chosen - TensorValues.Vector([.. batch.Rows.Select(r => r.ReferenceChosen!.Value)], read.Chosen);
        var rejected = read.Rejected - TensorValues.Vector([.. batch.Rows.Select(r => r.ReferenceRejected!.Value)], read.Rejected);

        var perPair = DpoLoss.PerPair(options.LossType, chosen, rejected, read.ChosenLengths, read.RejectedLengths, options.Beta, options.LabelSmoothing);
        var loss = perPair.sum() / denominators["pairs"];
        if (options.SftWeight > 0)
            loss += options.SftWeight * CrossEntropy.Loss(read.Chosen, denominators["tokens"]);
        return new LossResult(loss) { Metrics = Measure(batch, read, chosen, rejected) };
    }

    private static IEnumerable<PreferenceRow> WithReference(PreferenceRow[] rows, ITrainingContext context)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var read = PreferenceReadout.Read(context.Models.Reference, new PreferenceBatch(rows), ReadoutRequest.LogProbsOnly);
        var chosen = TensorValues.Floats(read.Chosen);
        var rejected = TensorValues.Floats(read.Rejected);
        return [.. rows.Select((row, i) => row with { ReferenceChosen = chosen[i], ReferenceRejected = rejected[i] })];
    }

    private Metrics Measure(PreferenceBatch batch, PreferenceReadout read, Tensor chosen, Tensor rejected)
    {
        var metrics = new Metrics();
        PairMetrics.AddRewards(metrics, TensorValues.Doubles(options.Beta * chosen), TensorValues.Doubles(options.Beta * rejected));
        metrics.AddMean("logps/chosen", TensorValues.Doubles(read.Chosen).Sum(), batch.Pairs);
        metrics.AddMean("logps/rejected", TensorValues.Doubles(read.Rejected).Sum(), batch.Pairs);
        read.AddTokenMetrics(metrics, batch);
        metrics.AddSum("num_tokens", batch.SequenceTokens);
        return metrics;
    }
}
