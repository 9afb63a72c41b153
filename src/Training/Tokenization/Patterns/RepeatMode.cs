namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>How a repetition chooses.</summary>
internal enum RepeatMode
{
    /// <summary>As often as possible.</summary>
    Greedy,

    /// <summary>As rarely as possible.</summary>
    Lazy,

    /// <summary>As often as possible, giving nothing back.</summary>
    Possessive,
}
