namespace MedicalGpt.Training;

/// <summary>Stands where no answers can be sampled: the stage's algorithm does not ask for any.</summary>
internal sealed class NoRollouts : IStepRollouts
{
    public void MoveTo(int step, bool evaluating)
    {
    }

    public ValueTask<IReadOnlyList<Rollout>> GenerateAsync(IReadOnlyList<int[]> prompts, SamplingOptions sampling, CancellationToken cancellationToken) =>
        throw new MedicalGptException("this run has no source of answers: the algorithm asked for rollouts, but the stage was set up without a policy that generates");
}
