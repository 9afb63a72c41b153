using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>What a check found about one source of training rows.</summary>
/// <param name="Name">The source.</param>
/// <param name="Kind">Kind of its rows.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Characters">Characters of text in them.</param>
/// <param name="Overlap">Held-out prompts that occur in it.</param>
/// <param name="Baselines">How far rules without understanding get on its held-out pairs (its training pairs where none are held out); null for other kinds.</param>
internal sealed record SourceCheck(string Name, ExampleKind Kind, int Rows, long Characters, IReadOnlyList<string> Overlap, PreferenceBaselines? Baselines);
