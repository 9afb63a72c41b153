namespace MedicalGpt.Modeling;

/// <summary>Switches of one forward pass.</summary>
/// <param name="Adapter">LoRA branches take part.</param>
/// <param name="Dropout">Dropout is active.</param>
/// <param name="Checkpointing">What backward computes again instead of keeping it; null = nothing.</param>
internal readonly record struct DecoderRun(bool Adapter, bool Dropout, Checkpointing? Checkpointing);
