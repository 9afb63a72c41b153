namespace MedicalGpt.Training;

/// <summary>How tokens are drawn.</summary>
/// <param name="MaxNewTokens">Most tokens of an answer, its end token included.</param>
/// <param name="Temperature">Logits are divided by it; 0 = the most likely token.</param>
/// <param name="TopP">Smallest probability mass that is kept; 1 = all.</param>
/// <param name="TopK">Most tokens that are kept; 0 = all.</param>
public sealed record SamplingOptions(int MaxNewTokens, double Temperature = 1.0, double TopP = 1.0, int TopK = 0);
