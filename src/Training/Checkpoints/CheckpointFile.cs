namespace MedicalGpt.Training;

/// <summary>A file of a checkpoint.</summary>
/// <param name="Name">Path below the checkpoint's folder.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">Hash, lower-case hex.</param>
public sealed record CheckpointFile(string Name, long Bytes, string Sha256);
