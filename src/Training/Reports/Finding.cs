namespace MedicalGpt.Training;

/// <summary>Something a run's numbers say.</summary>
/// <param name="Rule">Short name of the rule.</param>
/// <param name="Text">What was seen and what to try.</param>
public sealed record Finding(string Rule, string Text);
