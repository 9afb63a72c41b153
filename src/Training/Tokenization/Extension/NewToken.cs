namespace MedicalGpt.Training.Tokenization;

/// <summary>A token that was added to a vocabulary.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Pieces">The tokens that stood for the text before.</param>
public sealed record NewToken(int Id, string Text, IReadOnlyList<int> Pieces);
