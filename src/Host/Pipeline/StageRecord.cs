namespace MedicalGpt.Host.Pipeline;

/// <summary>A stage that was begun or finished, as <c>pipeline.json</c> keeps it.</summary>
internal sealed record StageRecord
{
    /// <summary>Name of the stage.</summary>
    public required string Name { get; init; }

    /// <summary>The command it ran.</summary>
    public required string Command { get; init; }

    /// <summary>Hash of its options and of the stages it reads; another value means it must run again.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What it wrote; null when it wrote nothing.</summary>
    public string? Output { get; init; }

    /// <summary>False while it runs, and after it was interrupted or failed.</summary>
    public bool Finished { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Peak resident memory of the process during the stage, bytes (VmHWM).</summary>
    public long PeakBytes { get; init; }

    /// <summary>Metrics before.</summary>
    public IReadOnlyDictionary<string, double> Before { get; init; } = new Dictionary<string, double>();

    /// <summary>Metrics after.</summary>
    public IReadOnlyDictionary<string, double> After { get; init; } = new Dictionary<string, double>();
}
