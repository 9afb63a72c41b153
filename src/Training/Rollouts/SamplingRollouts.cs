using MedicalGpt.Modeling;

namespace MedicalGpt.Training;

/// <summary>Answers sampled from the policy. What is drawn depends on the run's seed, the update, and the answer's index in its collection alone.</summary>
/// <param name="policy">The policy; its adapter takes part, dropout does not.</param>
/// <param name="stopIds">Tokens that end an answer.</param>
/// <param name="seed">Seed of the run.</param>
public sealed class SamplingRollouts(CausalLanguageModel policy, IReadOnlyCollection<int> stopIds, int seed) : IStepRollouts
{
    private readonly TextGenerator generator = new(policy);
    private long moment;
    private int next;

    /// <inheritdoc/>
    public void MoveTo(int step, bool evaluating) => (moment, next) = (2L * step + (evaluating ? 1 : 0), 0);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Rollout>> GenerateAsync(IReadOnlyList<int[]> prompts, SamplingOptions sampling, CancellationToken cancellationToken)
    {
        var request = new GenerationRequest(prompts, sampling, stopIds) { Seed = seed, Step = moment, FirstIndex = next };
        next += prompts.Count;
        var answers = generator.Generate(request, cancellationToken);
        return ValueTask.FromResult<IReadOnlyList<Rollout>>([.. answers.Select((a, i) => new Rollout(prompts[i], a.Ids, a.Finished))]);
    }
}
