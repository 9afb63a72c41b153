namespace MedicalGpt.Algorithms.Sft;

/// <summary>What of a dialogue is learned.</summary>
public enum TrainOn
{
    /// <summary>Every turn of the assistant.</summary>
    Assistant,

    /// <summary>The last turn of the assistant.</summary>
    LastAssistant,

    /// <summary>Everything the assistant wrote after the last turn of the person: its calls of tools and its answer. Of rows with prompt and completion, the completion.</summary>
    Completion,

    /// <summary>Every token, prompts too.</summary>
    All,
}
