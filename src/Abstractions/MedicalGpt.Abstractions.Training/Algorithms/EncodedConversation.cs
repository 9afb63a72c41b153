namespace MedicalGpt.Training;

/// <summary>A dialogue as tokens.</summary>
/// <param name="Ids">Token ids.</param>
/// <param name="Assistant">True = written by the assistant; same length.</param>
public sealed record EncodedConversation(int[] Ids, bool[] Assistant);
