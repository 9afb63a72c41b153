using MedicalGpt.Training;

namespace MedicalGpt.Modeling;

/// <summary>What to generate. A sample's random numbers depend on (seed, step, index of the sample) alone, so results do not depend on how prompts are batched.</summary>
/// <param name="Prompts">Token ids of each prompt, B of them; a prompt that stands several times in a row is computed once.</param>
/// <param name="Sampling">How tokens are drawn.</param>
/// <param name="StopIds">Tokens that end an answer; they are kept as its last token.</param>
public sealed record GenerationRequest(IReadOnlyList<int[]> Prompts, SamplingOptions Sampling, IReadOnlyCollection<int> StopIds)
{
    /// <summary>Seed of the run.</summary>
    public long Seed { get; init; }

    /// <summary>Step of the run.</summary>
    public long Step { get; init; }

    /// <summary>Index of the first prompt among all samples of the step, when they are generated in several calls.</summary>
    public int FirstIndex { get; init; }

    /// <summary>Called with (index in <see cref="Prompts"/>, token) as soon as a token is known; null when nobody looks.</summary>
    public Action<int, int>? OnToken { get; init; }
}
