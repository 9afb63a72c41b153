namespace MedicalGpt.Training.Tokenization;

/// <summary>A token and the text it stands for.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Range">Its range of the text that was encoded, in UTF-16 units; tokens that share a character have its whole range.</param>
public readonly record struct TokenOffset(int Id, TextRange Range);
