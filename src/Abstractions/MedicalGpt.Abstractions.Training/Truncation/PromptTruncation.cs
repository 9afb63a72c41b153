namespace MedicalGpt.Training;

/// <summary>What becomes of a prompt that is longer than its limit.</summary>
public enum PromptTruncation
{
    /// <summary>The row is left out.</summary>
    DropRow,

    /// <summary>The end of the prompt is kept, its beginning is cut off.</summary>
    KeepEnd,
}
