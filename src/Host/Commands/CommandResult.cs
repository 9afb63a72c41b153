namespace MedicalGpt.Host.Commands;

/// <summary>What a command did.</summary>
/// <param name="ExitCode">0 = success.</param>
internal sealed record CommandResult(int ExitCode)
{
    /// <summary>Success.</summary>
    public static CommandResult Success { get; } = new(0);

    /// <summary>The folder (or file) it wrote; null when it wrote none.</summary>
    public string? Output { get; init; }

    /// <summary>Metrics before it changed anything, for tables.</summary>
    public IReadOnlyDictionary<string, double> Before { get; init; } = new Dictionary<string, double>();

    /// <summary>Metrics afterwards.</summary>
    public IReadOnlyDictionary<string, double> After { get; init; } = new Dictionary<string, double>();
}
