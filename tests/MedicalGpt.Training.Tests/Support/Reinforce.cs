using MedicalGpt.Data;
using MedicalGpt.Rewards;

namespace MedicalGpt.Training.Tests;

/// <summary>Policy gradient on sampled answers, two updates per collection; carries a baseline as its state.</summary>
internal sealed class Reinforce : IAlgorithm, IStatefulAlgorithm
{
    private double baseline;

    public ExampleKind Input => ExampleKind.Prompt;

    public ModelRoles Roles => ModelRoles.Policy;

    public IReadOnlyDictionary<string, double> State => new Dictionary<string, double> { ["baseline"] = baseline };

    public void Restore(IReadOnlyDictionary<string, double> state) => baseline = state["baseline"];

    public CollectShape Shape(BatchShape batch) => new(batch.MicroBatchSize * batch.AccumulationSteps, 2) { DropIncomplete = true };

    public EncodeResult Encode(Example example, IExampleEncoder encoder) =>
        EncodeResult.Keep(new EncodedExample([new Segment(((TokenizedPrompt)example).PromptIds)]) { Source = example });

    public async ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken)
    {
        var rollouts = await context.Rollouts.GenerateAsync([.. examples.Select(e => e.Segments[0].Ids)], new SamplingOptions(4), cancellationToken);
        var rewards = await context.Rewards.ScoreAsync([.. rollouts.Select(r => new RewardSample([], "", r.CompletionIds, new Dictionary<string, string>(), r.Finished))], cancellationToken);
        var mean = rewards.Total.Average();
        var experience = new Answers([.. rollouts], [.. rewards.Total.Select(r => r - baseline)]);
        experience.Metrics.AddMean("reward", mean, 1);
        experience.Samples.Add(new SampleRecord("p", string.Join(' ', rollouts[0].CompletionIds), rewards.Total[0], null));
        if (!context.Evaluating)
            baseline = 0.9 * baseline + 0.1 * mean;
        return experience;
    }

    public IEnumerable<PlannedUpdate> Plan(Experience experience, ITrainingContext context)
    {
        var answers = (Answers)experience;
        for (var pass = 0; pass < 2; pass++)
        {
            var order = Enumerable.Range(0, answers.Rollouts.Length).ToArray();
            context.RandomFor($"pass {pass}").Shuffle(order);
            yield return new PlannedUpdate([.. order.Chunk(context.Batch.MicroBatchSize).Select(rows => Batch(answers, rows))]);
        }
    }

    public LossResult Loss(MicroBatch batch, Denominators denominators, ITrainingContext context)
    {
        var tokens = (TokenBatch)batch;
        var logProbs = context.Models.Policy.Read(tokens.Layout, ReadoutRequest.LogProbsOnly).LogProbs;
        return new LossResult(-(logProbs * Torch.torch.tensor(tokens.Weights.Select(w => (float)w).ToArray())).sum() / denominators["tokens"]);
    }

    private static TokenBatch Batch(Answers answers, int[] rows)
    {
        var layout = SequenceLayout.Create([.. rows.Select(r => (IReadOnlyList<Segment>)[new Segment(answers.Rollouts[r].PromptIds), Segment.AllLearned(answers.Rollouts[r].CompletionIds, 0)])]);
        return new TokenBatch(layout, [.. layout.TargetSegments.Select(s => answers.Advantages[rows[layout.Segments[s].Row]])]);
    }

    private sealed class Answers(Rollout[] rollouts, double[] advantages) : Experience
    {
        public Rollout[] Rollouts => rollouts;

        public double[] Advantages => advantages;
    }
}
