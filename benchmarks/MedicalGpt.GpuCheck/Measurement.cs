namespace MedicalGpt.GpuCheck;

/// <summary>A line of the table.</summary>
/// <param name="Name">What was done.</param>
/// <param name="TokensPerSecond">Tokens per second.</param>
/// <param name="Peak">Most bytes of tensors.</param>
/// <param name="Held">Most bytes that the allocator held.</param>
/// <param name="Share">Operations of the matrices alone per second, as a share of the measured rate; null = bound by memory, not by products.</param>
internal sealed record Measurement(string Name, double TokensPerSecond, double Peak, double Held, double? Share);
