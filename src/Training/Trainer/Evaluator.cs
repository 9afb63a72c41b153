using MedicalGpt.Data;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>Measures held-out rows without learning from them.</summary>
internal sealed class Evaluator(StageRequest request, ITrainedModels models, IStepRollouts rollouts, IReadOnlyList<EncodedExample> examples)
{
    /// <summary>Evaluates all rows.</summary>
    /// <param name="step">Updates done.</param>
    /// <param name="cancellationToken">Stops evaluation.</param>
    public async Task<Evaluation> RunAsync(int step, CancellationToken cancellationToken)
    {
        var batch = new BatchShape(request.Options.Run.PerDeviceEvalBatchSize, 1);
        var context = new TrainingContext(request, models, rollouts, batch, evaluating: true) { Step = step };
        var online = request.Algorithm.Input == ExampleKind.Prompt;
        var experiences = new List<Experience>();
        models.SetTraining(false);
        rollouts.MoveTo(step, evaluating: true);
        try
        {
            var metrics = new Metrics();
            var samples = new List<SampleRecord>();
            foreach (var rows in examples.Chunk(Math.Max(1, batch.MicroBatchSize)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var experience = await request.Algorithm.CollectAsync(rows, context, cancellationToken);
                experiences.Add(experience);
                metrics.Merge(experience.Metrics);
                samples.AddRange(experience.Samples);
                if (online)
                {
                    experience.Dispose();
                    experiences.Clear();
                }
            }

            metrics.Merge(request.Rewards.TakeMetrics());
            var loss = online ? (double?)null : Loss(experiences, context, metrics, cancellationToken);
            return new Evaluation(Named(metrics, loss), samples);
        }
        finally
        {
            foreach (var experience in experiences)
                experience.Dispose();
            models.SetTraining(true);
        }
    }

    private double Loss(List<Experience> experiences, TrainingContext context, Metrics metrics, CancellationToken cancellationToken)
    {
        var batches = experiences.SelectMany(e => request.Algorithm.Plan(e, context)).SelectMany(u => u.MicroBatches).ToList();
        var denominators = Denominators.Sum(batches);
        var loss = 0.0;
        using var noGrad = no_grad();
        foreach (var batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var result = request.Algorithm.Loss(
                batch,
                request.Options.Run.LossNormalization == LossNormalization.MicroBatch ? Denominators.MeanOfMeans(batch, batches.Count) : denominators,
                context);
            loss += result.Loss.item<float>();
            metrics.Merge(result.Metrics);
        }

        return loss;
    }

    private Dictionary<string, double> Named(Metrics metrics, double? loss)
    {
        var named = new Dictionary<string, double>(StringComparer.Ordinal);
        if (loss is { } value)
        {
            named["eval_loss"] = value;
            if (request.Algorithm.Input is ExampleKind.Text or ExampleKind.Conversation)
                named["eval_perplexity"] = Math.Exp(value);
        }

        foreach (var (name, number) in metrics.Values.Where(m => m.Key != "num_tokens").OrderBy(m => m.Key, StringComparer.Ordinal))
            named["eval_" + name] = number;
        return named;
    }
}
