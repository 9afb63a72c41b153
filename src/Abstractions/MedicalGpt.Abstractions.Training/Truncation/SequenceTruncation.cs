namespace MedicalGpt.Training;

/// <summary>What becomes of a dialogue or text that is longer than its limit.</summary>
public enum SequenceTruncation
{
    /// <summary>Its first tokens are kept; the end, and with it the end of an answer, is cut off.</summary>
    KeepStart,

    /// <summary>Its last tokens are kept; the beginning is cut off.</summary>
    KeepEnd,

    /// <summary>The row is left out.</summary>
    DropRow,
}
