using MedicalGpt.Options;

namespace MedicalGpt.Rewards.Medical.ExactAnswer;

/// <summary>Reward <c>exact-answer</c>: is the one final answer the right one?</summary>
[Options("exact_answer")]
public sealed partial record ExactAnswerOptions
{
    /// <summary>Column of the rows that holds the right answer; rows without it are not scored.</summary>
    public string ExactAnswerColumn { get; init; } = "answer";

    /// <summary>Also accept an answer that was cut at the length limit.</summary>
    public bool ExactAnswerAcceptUnfinished { get; init; }
}
