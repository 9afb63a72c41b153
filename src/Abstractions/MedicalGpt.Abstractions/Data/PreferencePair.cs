namespace MedicalGpt.Data;

/// <summary>A prompt with a better and a worse answer, for reward models, DPO and ORPO.</summary>
/// <param name="Prompt">The dialogue up to the answer.</param>
/// <param name="Chosen">The better answer: turns, the first of them the assistant's; more than one where tools are called in between.</param>
/// <param name="Rejected">The worse answer, likewise.</param>
public sealed record PreferencePair(IReadOnlyList<Message> Prompt, IReadOnlyList<Message> Chosen, IReadOnlyList<Message> Rejected) : Example
{
    /// <summary>A pair of answers in plain text.</summary>
    /// <param name="prompt">The dialogue up to the answer.</param>
    /// <param name="chosen">The better answer.</param>
    /// <param name="rejected">The worse answer.</param>
    public PreferencePair(IReadOnlyList<Message> prompt, string chosen, string rejected)
        : this(prompt, [new Message(Roles.Assistant, chosen)], [new Message(Roles.Assistant, rejected)])
    {
    }

    /// <summary>How much better the chosen answer is, in reward units; null = 0.</summary>
    public double? Margin { get; init; }

    /// <summary>JSON array of tool schemas the dialogue may use; null when there are none.</summary>
    public string? ToolsJson { get; init; }

    /// <summary>The better answer as text, as <see cref="MessageText.Of"/> writes it.</summary>
    public string ChosenText => MessageText.Of(Chosen);

    /// <summary>The worse answer as text.</summary>
    public string RejectedText => MessageText.Of(Rejected);
}
