namespace MedicalGpt.Options;

/// <summary>A default that one record sets for a key of another.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The default, as text.</param>
public sealed record StageDefault(string Key, string Value);
