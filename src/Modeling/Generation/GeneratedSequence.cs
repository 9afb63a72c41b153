namespace MedicalGpt.Modeling;

/// <summary>A generated answer.</summary>
/// <param name="Ids">Its tokens, the stop token included.</param>
/// <param name="Finished">True when it ended with a stop token; false when it was cut at the limit.</param>
public sealed record GeneratedSequence(int[] Ids, bool Finished);
