using MedicalGpt.Data;

namespace MedicalGpt.Training.Tests;

/// <summary>Mean negative log-likelihood per token of the update.</summary>
internal sealed class CrossEntropy : OfflineAlgorithm<TokenBatch>
{
    public override ExampleKind Input => ExampleKind.Conversation;

    public override ModelRoles Roles => ModelRoles.Policy;

    public override EncodeResult Encode(Example example, IExampleEncoder encoder)
    {
        var row = (TokenizedSequence)example;
        if (row.InputIds.Length == 0)
            return EncodeResult.Drop("empty row");
        var segment = new Segment(row.InputIds) { Learned = [.. row.Labels.Select(l => l != TokenizedSequence.Ignore)] };
        return EncodeResult.Keep(new EncodedExample([segment]) { Source = example }, truncated: row.InputIds.Length == 7);
    }

    protected override TokenBatch Collate(IReadOnlyList<EncodedExample> examples)
    {
        var layout = SequenceLayout.Create([.. examples.Select(e => e.Segments)]);
        return new TokenBatch(layout, [.. Enumerable.Repeat(1.0, layout.TargetCount)]);
    }

    protected override LossResult Loss(TokenBatch batch, Denominators denominators, ITrainingContext context)
    {
        var readout = context.Models.Policy.Read(batch.Layout, ReadoutRequest.LogProbsOnly);
        var metrics = new Metrics();
        metrics.AddSum("num_tokens", batch.Layout.TokenCount);
        metrics.AddMean("mean_logp", readout.LogProbs.detach().sum().item<float>(), batch.Layout.TargetCount);
        return new LossResult(-readout.LogProbs.sum() / denominators["tokens"]) { Metrics = metrics };
    }
}
