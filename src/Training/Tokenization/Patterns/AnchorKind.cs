namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>Places that take no characters.</summary>
internal enum AnchorKind
{
    /// <summary>The beginning of a line.</summary>
    LineStart,

    /// <summary>The end of a line.</summary>
    LineEnd,

    /// <summary>The beginning of the text.</summary>
    TextStart,

    /// <summary>The end of the text.</summary>
    TextEnd,

    /// <summary>The end of the text, or before a line end there.</summary>
    TextEndOrLineEnd,

    /// <summary>Between a word character and another.</summary>
    WordBoundary,

    /// <summary>Not between a word character and another.</summary>
    NoWordBoundary,
}
