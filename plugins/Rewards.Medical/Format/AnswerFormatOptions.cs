using MedicalGpt.Options;

namespace MedicalGpt.Rewards.Medical.Format;

/// <summary>Reward <c>answer-format</c>: has the completion the asked format, with a single answer in it?</summary>
[Options("answer_format")]
public sealed partial record AnswerFormatOptions
{
    /// <summary>The format: <c>line</c> (Answer: …, 答案：…), <c>tags</c> (an answer block alone) or <c>think</c> (a think block, then an answer block).</summary>
    public AnswerFormat AnswerFormat { get; init; } = AnswerFormat.Line;
}
