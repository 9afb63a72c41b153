namespace MedicalGpt.Options;

/// <summary>A name that is accepted and ignored.</summary>
/// <param name="Key">The name.</param>
/// <param name="Reason">Why it has no effect.</param>
public sealed record AcceptedOption(string Key, string Reason);
