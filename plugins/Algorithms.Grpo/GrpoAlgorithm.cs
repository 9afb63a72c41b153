using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Grpo;

/// <summary>
/// Group relative policy optimisation: the policy answers each prompt G times, rewards judge the answers, and each answer is pushed by how much better it is than its group. See <see cref="GrpoLoss"/>.
/// A collection: 1. answer, 2. score, 3. advantages over whole groups, 4. old and reference log-probabilities where they are needed. Then num_iterations passes over its updates.
/// Departure from TRL: answers are not shuffled within a collection, so that a group shares its prompt's computation (prompts are shuffled by the trainer).
/// </summary>
/// <param name="options">Options.</param>
public sealed class GrpoAlgorithm(GrpoOptions options) : IAlgorithm
{
    /// <inheritdoc/>
    public ExampleKind Input => ExampleKind.Prompt;

    /// <inheritdoc/>
    public ModelRoles Roles => options.Beta > 0 ? ModelRoles.Policy | ModelRoles.Reference : ModelRoles.Policy;

    /// <inheritdoc/>
    public CollectShape Shape(BatchShape batch)
    {
        var steps = options.StepsPerGeneration ?? batch.AccumulationSteps;
        var answers = batch.MicroBatchSize * steps;
        if (steps % batch.AccumulationSteps != 0)
            throw new MedicalGptException($"--steps-per-generation {steps} must be a multiple of --gradient-accumulation-steps {batch.AccumulationSteps}, so that a collection is a whole number of updates");
        if (answers % options.NumGenerations != 0)
        {
            throw new MedicalGptException(
                $"--per-device-train-batch-size {batch.MicroBatchSize} × {steps} micro-batches = {answers} answers per collection, which is no multiple of --num-generations {options.NumGenerations}; " +
                $"set --gradient-accumulation-steps or --per-device-train-batch-size so that it is, for example --per-device-train-batch-size {options.NumGenerations}");
        }

        return new CollectShape(answers / options.NumGenerations, steps / batch.AccumulationSteps * options.NumIterations) { DropIncomplete = true };
    }

    /// <inheritdoc/>
    public EncodeResult Encode(Example example, IExampleEncoder encoder) => PromptEncoder.Encode(example, encoder, options.MaxSourceLength, options.Truncation);

    /// <inheritdoc/>
    public async ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken)
    {
        // 1. Each prompt G times in a row: generation computes it once.
        var perPrompt = context.Evaluating ? options.NumGenerationsEval : options.NumGenerations;
        EncodedExample[] rows = [.. examples.SelectMany(e => Enumerable.Repeat(e, perPrompt))];
        var sampling = new SamplingOptions(options.MaxCompletionLength, context.Evaluating ? options.EvalTemperature : options.Temperature, options.TopP, options.TopK);
        var rollouts = await context.Rollouts.GenerateAsync([.. rows.Select(r => r.Segments[0].Ids)], sampling, cancellationToken);

        // 2. Rewards; 3. advantages over whole groups.
        var rewards = await context.Rewards.ScoreAsync([.. rows.Zip(rollouts, (row, rollout) => RolloutSamples.ForReward(row, rollout, context.Encoder))], cancellationToken);
        var advantages = GroupAdvantages.Compute(rewards.Total, perPrompt, options.ScaleRewards);
        var samples = rollouts.Select((r, i) => new GrpoSample(r, i / perPrompt, advantages[i], r.Finished || !options.MaskTruncatedCompletions)).ToArray();

        // 4. Log-probabilities that later updates compare with.
        if (!context.Evaluating)
            samples = [.. samples.Chunk(context.Batch.MicroBatchSize).SelectMany(chunk => WithLogProbs(chunk, context, cancellationToken))];

        var experience = new GrpoExperience(samples);
        Measure(experience, rows, rollouts, rewards, perPrompt, context);
        return experience;
    }

    /// <inheritdoc/>
    public IEnumerable<PlannedUpdate> Plan(Experience experience, ITrainingContext context)
    {
        var batches = ((GrpoExperience)experience).Answers.Chunk(context.Batch.MicroBatchSize).Select(chunk => new GrpoBatch(chunk)).ToArray();
        for (var iteration = 0; iteration < options.NumIterations; iteration++)
        {
            foreach (var update in batches.Chunk(context.Batch.AccumulationSteps))
                yield return new PlannedUpdate(update);
        }
    }

    /// <inheritdoc/>
    public LossResult Loss(MicroBatch batch, Denominators denominators, ITrainingContext context)
    {
        var answers = (GrpoBatch)batch;
        var read = context.Models.Policy.Read(answers.Layout, new ReadoutRequest(options.Temperature, Entropy: true));
        var like = read.LogProbs;
        var samples = answers.Samples;
        var input = new GrpoLossInput(
            read.LogProbs,
            samples[0].Old is null ? read.LogProbs.detach() : TensorValues.Vector([.. samples.SelectMany(s => s.Old!)], like),
            samples[0].Reference is null ? null : TensorValues.Vector([.. samples.SelectMany(s => s.Reference!)], like),
            TensorValues.Vector([.. samples.Select(s => (float)s.Advantage)], like),
            TensorValues.Indices(answers.Owners, like),
            TensorValues.Vector(answers.Mask, like));

        var terms = GrpoLoss.Terms(input, options);
        return new LossResult(GrpoLoss.Reduce(terms, input, options, denominators)) { Metrics = GrpoMetrics.Measure(answers, terms, read, options) };
    }

    /// <summary>Old log-probabilities are needed only when the policy moves before the collection is used up.</summary>
    private bool NeedsOld(BatchShape batch) => Shape(batch).Updates > 1;

    private GrpoSample[] WithLogProbs(GrpoSample[] samples, ITrainingContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var layout = new GrpoBatch(samples).Layout;
        var old = NeedsOld(context.Batch) ? Read(context.Models.Policy, layout) : null;
        var reference = options.Beta > 0 ? Read(context.Models.Reference, layout) : null;
        var start = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var tokens = start..(start += samples[i].Length);
            samples[i] = samples[i] with { Old = old?[tokens], Reference = reference?[tokens] };
        }

        return samples;
    }

    private float[] Read(ICausalModel model, SequenceLayout layout) => TensorValues.Floats(model.Read(layout, new ReadoutRequest(options.Temperature)).LogProbs);

    private static void Measure(GrpoExperience experience, EncodedExample[] rows, IReadOnlyList<Rollout> rollouts, RewardResult rewards, int perPrompt, ITrainingContext context)
    {
        var judged = rewards.Total.Where(r => !double.IsNaN(r)).ToArray();
        experience.Metrics.AddMean("reward", judged.Sum(), judged.Length);
        if (judged.Length > 1)
            experience.Metrics.AddMean("reward_std", Statistics.StandardDeviation(judged), 1);
        if (perPrompt > 1)
            experience.Metrics.AddMean("frac_reward_zero_std", GroupAdvantages.ShareWithoutSpread(rewards.Total, perPrompt), 1);
        RolloutMetrics.AddCompletions(experience.Metrics, rollouts);
        for (var i = 0; i < rollouts.Count; i++)
            experience.Samples.Add(RolloutSamples.ForPeople(rows[i], rollouts[i], rewards.Total[i], context.Encoder));
    }
}
