namespace MedicalGpt.Data;

/// <summary>Raw text for continued pre-training.</summary>
/// <param name="Text">One document.</param>
public sealed record PlainText(string Text) : Example;
