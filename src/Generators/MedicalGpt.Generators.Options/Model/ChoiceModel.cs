namespace MedicalGpt.Generators.Options.Model;

/// <summary>One member of an enum option: its name for users and its C# member.</summary>
internal sealed record ChoiceModel(string Name, string Member);
