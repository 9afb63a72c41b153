using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>What <c>logprobs</c> writes.</summary>
[Options("logprobs")]
public sealed partial record LogProbsOptions
{
    /// <summary>Also write the logits [B,T,V]; for token ids only.</summary>
    public bool Logits { get; init; }
}
