namespace MedicalGpt.Options;

/// <summary>One wrong option.</summary>
/// <param name="Key">Key, or the unknown name as given; empty where no option is meant.</param>
/// <param name="Problem">What is wrong, where given and allowed do not say it already.</param>
public sealed record OptionError(string Key, string? Problem = null)
{
    /// <summary>What was given.</summary>
    public string? Given { get; init; }

    /// <summary>The layer that gave it.</summary>
    public string? Source { get; init; }

    /// <summary>What is allowed.</summary>
    public string? Allowed { get; init; }

    /// <summary>What to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>The error as one line.</summary>
    public override string ToString()
    {
        string?[] parts =
        [
            Problem,
            Given is null ? null : $"given '{Given}'" + (Source is null ? "" : $" ({Source})"),
            Allowed is null ? null : $"allowed: {Allowed}",
            Remedy,
        ];
        return (Key.Length == 0 ? "" : OptionNames.Flag(Key) + ": ") + string.Join("; ", parts.Where(part => part is not null))
            + (Given is null && Source is not null ? $" ({Source})" : "");
    }
}
