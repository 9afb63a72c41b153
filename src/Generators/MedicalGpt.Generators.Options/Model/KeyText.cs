namespace MedicalGpt.Generators.Options.Model;

/// <summary>A key with a text: a stage default, or an accepted name with its reason.</summary>
internal sealed record KeyText(string Key, string Text);
