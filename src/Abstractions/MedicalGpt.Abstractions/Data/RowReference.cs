namespace MedicalGpt.Data;

/// <summary>Stands for a row whose text is no longer at hand: where it came from and what it was.</summary>
/// <param name="IsTokenized">True when the row came as token ids.</param>
public sealed record RowReference(bool IsTokenized) : Example;
