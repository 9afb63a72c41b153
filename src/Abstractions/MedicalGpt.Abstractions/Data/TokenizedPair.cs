namespace MedicalGpt.Data;

/// <summary>A preference row that is already token ids: <c>prompt_ids</c>, <c>chosen_ids</c>, <c>rejected_ids</c>.</summary>
/// <param name="PromptIds">Ids of the prompt.</param>
/// <param name="ChosenIds">Ids of the better answer (with its end token when it has one).</param>
/// <param name="RejectedIds">Ids of the worse answer.</param>
public sealed record TokenizedPair(int[] PromptIds, int[] ChosenIds, int[] RejectedIds) : Example
{
    /// <summary>How much better the chosen answer is, in reward units; null = 0.</summary>
    public double? Margin { get; init; }
}
