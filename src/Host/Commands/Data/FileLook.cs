using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>What a look at a file found.</summary>
/// <param name="Kind">The kind of its rows; null = it gives none.</param>
/// <param name="Error">Why not; null where there is a kind.</param>
/// <param name="Fault">The same, as a word.</param>
internal sealed record FileLook(ExampleKind? Kind, MedicalGptException? Error, FileFault Fault);
