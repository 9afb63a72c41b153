namespace MedicalGpt.Modeling;

/// <summary>How one layer attends.</summary>
/// <param name="Index">Index of the layer.</param>
/// <param name="Scale">Scores are multiplied by this.</param>
/// <param name="SoftCap">Scaled scores s become c · tanh(s / c); null = they stay.</param>
/// <param name="Windowed">True = the layer has the model's sliding window.</param>
internal sealed record AttentionLayer(int Index, double Scale, double? SoftCap = null, bool Windowed = false);
