namespace MedicalGpt.Options;

/// <summary>A value that a preset gives to a key.</summary>
/// <param name="Preset">Name of the preset.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value, as text.</param>
public sealed record PresetValue(string Preset, string Key, string Value);
