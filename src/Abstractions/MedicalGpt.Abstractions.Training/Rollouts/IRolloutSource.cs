namespace MedicalGpt.Training;

/// <summary>Where answers come from: sampling from the policy, or replay of recorded answers.</summary>
public interface IRolloutSource
{
    /// <summary>Gives answers to prompts. Sampling depends only on (seed, step, index of the answer), not on how the batch is cut.</summary>
    /// <param name="prompts">Token ids of each prompt; a prompt that stands G times in a row is computed once.</param>
    /// <param name="sampling">How to draw.</param>
    /// <param name="cancellationToken">Stops generation.</param>
    /// <returns>One rollout per entry of <paramref name="prompts"/>, in order.</returns>
    ValueTask<IReadOnlyList<Rollout>> GenerateAsync(IReadOnlyList<int[]> prompts, SamplingOptions sampling, CancellationToken cancellationToken);
}
