namespace MedicalGpt.Modeling;

/// <summary>Switches of one forward pass.</summary>
/// <param name="Adapter">LoRA branches take part.</param>
/// <param name="Dropout">Dropout is active.</param>
/// <param name="Recompute">Only the boundary tensor of each layer is kept for backward; the rest is computed again (gradient checkpointing).</param>
internal readonly record struct DecoderRun(bool Adapter, bool Dropout, bool Recompute);
