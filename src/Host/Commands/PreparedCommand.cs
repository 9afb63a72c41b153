using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands;

/// <summary>A checked command.</summary>
/// <param name="Provenance">Every option with its value and the layer that set it.</param>
/// <param name="Notices">Lines to print before it starts.</param>
/// <param name="RunAsync">Does the work.</param>
internal sealed record PreparedCommand(
    IReadOnlyList<OptionProvenance> Provenance,
    IReadOnlyList<string> Notices,
    Func<CancellationToken, Task<CommandResult>> RunAsync)
{
    /// <summary>A checked command from its resolution; throws what is wrong with the options, all at once.</summary>
    /// <param name="resolution">The resolution, every record bound.</param>
    /// <param name="run">Does the work.</param>
    /// <returns>The command.</returns>
    /// <exception cref="OptionsException">Options are wrong.</exception>
    public static PreparedCommand Create(OptionResolution resolution, Func<CancellationToken, Task<CommandResult>> run)
    {
        resolution.ThrowIfInvalid();
        return new PreparedCommand(resolution.Provenance(), resolution.Notices, run);
    }
}
