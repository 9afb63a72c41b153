using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Numerics;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Algorithms.Ppo;

/// <summary>
/// Proximal policy optimisation from feedback (Ziegler et al. 2019; Ouyang et al. 2022): the policy answers prompts, a reward model (or reward functions) scores the answers, a value model predicts returns,
/// and policy and value model learn from clipped losses; a per-token KL penalty in the reward keeps the policy near the reference. See <see cref="PpoRewards"/> and <see cref="PpoLoss"/>.
/// A collection: 1. answer, 2. score, 3. log-probabilities and values, 4. rewards, advantages and returns over the whole collection. Then num_ppo_epochs passes of num_mini_batches updates.
/// </summary>
public sealed class PpoAlgorithm : IAlgorithm, IStatefulAlgorithm
{
    private readonly PpoOptions options;
    private readonly AdaptiveKl kl;
    private int collections;
    private long episodes;

    /// <summary>Creates the algorithm.</summary>
    /// <param name="options">Options.</param>
    public PpoAlgorithm(PpoOptions options)
    {
        this.options = options;
        kl = new AdaptiveKl(options);
    }

    /// <inheritdoc/>
    public ExampleKind Input => ExampleKind.Prompt;

    /// <inheritdoc/>
    public ModelRoles Roles => ModelRoles.Policy | ModelRoles.Reference | ModelRoles.Value | (options.RewardSource == PpoRewardSource.Functions ? ModelRoles.None : ModelRoles.Reward);

    /// <inheritdoc/>
    public bool UsesRewardFunctions => options.RewardSource != PpoRewardSource.Model;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> State => new Dictionary<string, double> { ["kl_coef"] = kl.Coefficient, ["collections"] = collections, ["episodes"] = episodes };

    /// <inheritdoc/>
    public void Restore(IReadOnlyDictionary<string, double> state)
    {
        kl.Coefficient = state["kl_coef"];
        collections = (int)state["collections"];
        episodes = (long)state["episodes"];
    }

    /// <inheritdoc/>
    public CollectShape Shape(BatchShape batch)
    {
        var answers = batch.MicroBatchSize * batch.AccumulationSteps;
        if (answers % options.NumMiniBatches != 0)
            throw new MedicalGptException($"--per-device-train-batch-size {batch.MicroBatchSize} × --gradient-accumulation-steps {batch.AccumulationSteps} = {answers} answers cannot be cut into --num-mini-batches {options.NumMiniBatches} equal parts; choose a divisor of {answers}");
        return new CollectShape(answers, options.NumPpoEpochs * options.NumMiniBatches)
        {
            DropIncomplete = true,
            ScheduleOncePerCollect = options.SchedulePerRollout,
            Collections = options.TotalEpisodes is { } total ? (int)Math.Ceiling((double)total / answers) : null,
        };
    }

    /// <inheritdoc/>
    public EncodeResult Encode(Example example, IExampleEncoder encoder) => PromptEncoder.Encode(example, encoder, options.MaxSourceLength, options.Truncation);

    /// <inheritdoc/>
    public async ValueTask<Experience> CollectAsync(IReadOnlyList<EncodedExample> examples, ITrainingContext context, CancellationToken cancellationToken)
    {
        // 1. Answer, 2. score.
        var sampling = new SamplingOptions(options.MaxCompletionLength, context.Evaluating ? options.EvalTemperature : options.Temperature);
        var rollouts = await context.Rollouts.GenerateAsync([.. examples.Select(e => e.Segments[0].Ids)], sampling, cancellationToken);
        PpoSequence[] sequences = [.. rollouts.Select(r => new PpoSequence(r, Slots(r)))];
        var functions = UsesRewardFunctions
            ? await context.Rewards.ScoreAsync([.. examples.Zip(rollouts, (row, r) => RolloutSamples.ForReward(row, r, context.Encoder))], cancellationToken)
            : null;
        for (var i = 0; i < sequences.Length; i++)
            sequences[i] = sequences[i] with { Score = FunctionScore(functions, i) - (rollouts[i].Finished ? 0 : options.MissingEosPenalty ?? 0) };

        // 3. What the models say, a micro-batch at a time.
        sequences = [.. sequences.Chunk(context.Batch.MicroBatchSize).SelectMany(chunk => Read(chunk, context, cancellationToken))];

        // 4. Rewards, advantages and returns over the whole collection.
        var orders = Array.Empty<int[]>();
        if (!context.Evaluating)
        {
            sequences = PpoRewards.Assign(sequences, kl.Coefficient, options);
            orders = PassOrder.Draw(options, sequences.Length, collections, context);
        }

        var experience = new PpoExperience(sequences, orders);
        if (functions is not null)
            experience.Metrics.AddMean("frac_unjudged", functions.Total.Count(double.IsNaN), functions.Total.Length);
        Measure(experience, examples, context);
        return experience;
    }

    /// <inheritdoc/>
    public IEnumerable<PlannedUpdate> Plan(Experience experience, ITrainingContext context)
    {
        var collection = (PpoExperience)experience;
        foreach (var order in collection.Orders)
        {
            foreach (var mini in order.Chunk(order.Length / options.NumMiniBatches))
                yield return new PlannedUpdate([.. mini.Chunk(context.Batch.MicroBatchSize).Select(rows => new PpoBatch([.. rows.Select(i => collection.Sequences[i])]))]);
        }
    }

    /// <inheritdoc/>
    public LossResult Loss(MicroBatch batch, Denominators denominators, ITrainingContext context)
    {
        var answers = (PpoBatch)batch;
        var read = context.Models.Policy.Read(answers.Layout, new ReadoutRequest(options.Temperature, Entropy: true));
        var values = context.Models.Value.Score(answers.Layout, answers.SlotTokens);
        var old = TensorValues.Vector([.. answers.Sequences.SelectMany(s => s.Old)], read.LogProbs);
        var advantages = TensorValues.Vector([.. answers.Sequences.SelectMany(s => s.Advantages.Select(a => (float)a))], read.LogProbs);
        var oldValues = TensorValues.Vector([.. answers.Sequences.SelectMany(s => s.Values)], values);
        var returns = TensorValues.Vector([.. answers.Sequences.SelectMany(s => s.Returns.Select(r => (float)r))], values);

        var policyLoss = PpoLoss.Policy(read.LogProbs, old, advantages, options.Cliprange);
        var valueLoss = PpoLoss.Value(values, oldValues, returns, options.CliprangeValue);
        var loss = (policyLoss.sum() / denominators["tokens"]) + (options.VfCoef * valueLoss.sum() / denominators["slots"]);

        var metrics = new Metrics();
        PpoMetrics.AddUpdate(metrics, new PpoTerms(policyLoss, valueLoss, read.LogProbs, old, advantages, read.Entropy!, values, oldValues, returns), options);
        return new LossResult(loss) { Metrics = metrics };
    }

    private int Slots(Rollout rollout) => rollout.CompletionIds.Length + (options.ScoreAfterEnd && rollout.CompletionIds.Length < options.MaxCompletionLength ? 1 : 0);

    /// <summary>0 where no function applies: every answer has a return to learn from, so it cannot be left out as GRPO does; <c>frac_unjudged</c> counts these.</summary>
    private static double FunctionScore(RewardResult? functions, int answer) => functions is null || double.IsNaN(functions.Total[answer]) ? 0 : functions.Total[answer];

    private PpoSequence[] Read(PpoSequence[] sequences, ITrainingContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = new PpoBatch(sequences);
        var scores = options.RewardSource == PpoRewardSource.Functions ? null : TensorValues.Doubles(context.Models.Reward.Score(batch.Layout, batch.LastTokens));
        for (var i = 0; i < sequences.Length; i++)
            sequences[i] = sequences[i] with { Score = sequences[i].Score + (scores?[i] ?? 0) };
        if (context.Evaluating)
            return sequences;

        var request = new ReadoutRequest(options.Temperature);
        var old = TensorValues.Floats(context.Models.Policy.Read(batch.Layout, request).LogProbs);
        var reference = TensorValues.Floats(context.Models.Reference.Read(batch.Layout, request).LogProbs);
        var values = TensorValues.Floats(context.Models.Value.Score(batch.Layout, batch.SlotTokens));
        int token = 0, slot = 0;
        for (var i = 0; i < sequences.Length; i++)
        {
            var tokens = token..(token += sequences[i].Tokens);
            var slots = slot..(slot += sequences[i].Slots);
            sequences[i] = sequences[i] with { Old = old[tokens], Reference = reference[tokens], Values = values[slots] };
        }

        return sequences;
    }

    private void Measure(PpoExperience experience, IReadOnlyList<EncodedExample> rows, ITrainingContext context)
    {
        var sequences = experience.Sequences;
        PpoMetrics.AddScores(experience.Metrics, [.. sequences.Select(s => s.Score)]);
        RolloutMetrics.AddCompletions(experience.Metrics, [.. sequences.Select(s => s.Rollout)]);
        for (var i = 0; i < sequences.Count; i++)
            experience.Samples.Add(RolloutSamples.ForPeople(rows[i], sequences[i].Rollout, sequences[i].Score, context.Encoder));
        if (context.Evaluating)
            return;

        PpoMetrics.AddCollection(experience.Metrics, sequences, kl.Coefficient, options);
        collections++;
        episodes += sequences.Count;
        experience.Metrics.AddMax("episode", episodes);
        kl.Observe(experience.Metrics.Values["objective/kl"], sequences.Count);
    }
}
