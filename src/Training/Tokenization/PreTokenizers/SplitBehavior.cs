namespace MedicalGpt.Training.Tokenization.PreTokenizers;

/// <summary>What becomes of the places at which text is cut.</summary>
internal enum SplitBehavior
{
    /// <summary>They are dropped.</summary>
    Removed,

    /// <summary>Each is a word.</summary>
    Isolated,

    /// <summary>Each joins the word before it.</summary>
    MergedWithPrevious,

    /// <summary>Each joins the word after it.</summary>
    MergedWithNext,

    /// <summary>Neighbours form one word.</summary>
    Contiguous,
}
