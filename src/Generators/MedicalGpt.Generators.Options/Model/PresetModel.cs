namespace MedicalGpt.Generators.Options.Model;

/// <summary>A preset's value for a key.</summary>
internal sealed record PresetModel(string Preset, string Key, string Text);
