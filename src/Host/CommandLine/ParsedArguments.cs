using MedicalGpt.Options;

namespace MedicalGpt.Host.CommandLine;

/// <summary>The words behind a command, sorted.</summary>
/// <param name="Layer">The flags, as the layer "command line".</param>
/// <param name="Positionals">The words that belong to no flag.</param>
internal sealed record ParsedArguments(OptionLayer Layer, IReadOnlyList<string> Positionals);
