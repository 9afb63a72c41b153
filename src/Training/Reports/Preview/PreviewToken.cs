namespace MedicalGpt.Training;

/// <summary>A token as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text; empty where a character goes on in the next token.</param>
/// <param name="Learned">Whether it is learned.</param>
public readonly record struct PreviewToken(int Id, string Text, bool Learned);
