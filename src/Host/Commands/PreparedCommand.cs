using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands;

/// <summary>A checked command.</summary>
/// <param name="Provenance">Every option with its value and the layer that set it.</param>
/// <param name="Notices">Lines to print before it starts.</param>
/// <param name="RunAsync">Does the work.</param>
internal sealed record PreparedCommand(
    IReadOnlyList<OptionProvenance> Provenance,
    IReadOnlyList<string> Notices,
    Func<CancellationToken, Task<CommandResult>> RunAsync);
