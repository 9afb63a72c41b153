using MedicalGpt.Options;

namespace MedicalGpt.Rewards.Medical.Choice;

/// <summary>Reward <c>choice</c>: are the chosen letters of a multiple-choice question, or yes, no or maybe, the right ones?</summary>
[Options("choice")]
public sealed partial record ChoiceOptions
{
    /// <summary>Column of the rows that holds the right choice: letters A to J such as <c>C</c> or <c>ACD</c>, or <c>yes</c>, <c>no</c>, <c>maybe</c>.</summary>
    public string ChoiceColumn { get; init; } = "answer";

    /// <summary>Also accept a choice in a completion that was cut at the length limit.</summary>
    public bool ChoiceAcceptUnfinished { get; init; }
}
