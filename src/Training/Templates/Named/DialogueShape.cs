namespace MedicalGpt.Training.Templates.Named;

/// <summary>What makes one named template: the texts around its turns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="UserOpen">Before the person's words.</param>
/// <param name="UserClose">Behind them.</param>
/// <param name="AssistantOpen">Before the answer; a generation prompt ends with it.</param>
internal sealed record DialogueShape(string Name, string UserOpen, string UserClose, string AssistantOpen)
{
    /// <summary>System text of dialogues that bring none; empty = they have none.</summary>
    public string DefaultSystem { get; init; } = "";

    /// <summary>Before the system text.</summary>
    public string SystemOpen { get; init; } = "";

    /// <summary>Behind the system text.</summary>
    public string SystemClose { get; init; } = "";

    /// <summary>Whether the system text stands within the first turn of the person.</summary>
    public bool SystemInUser { get; init; }

    /// <summary>The end-of-turn token; null = the tokenizer's end of sequence.</summary>
    public string? Stop { get; init; }

    /// <summary>Between a closed answer and the next turn.</summary>
    public string Between { get; init; } = "";

    /// <summary>Whether <see cref="Between"/> follows the last answer too.</summary>
    public bool BetweenAtEnd { get; init; }

    /// <summary>Whether the text begins with the tokenizer's beginning of sequence.</summary>
    public bool Begins { get; init; }

    /// <summary>Whether reasoning is left out of answers.</summary>
    public bool DropsReasoning { get; init; }

    /// <summary>The tool format where none is asked for.</summary>
    public string ToolFormat { get; init; } = "default";
}
