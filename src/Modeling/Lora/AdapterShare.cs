namespace MedicalGpt.Modeling;

/// <summary>An adapter and how much of it is merged.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Weight">1 = as it is; others scale what it changes.</param>
public sealed record AdapterShare(LoraAdapter Adapter, double Weight);
