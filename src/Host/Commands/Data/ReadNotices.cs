namespace MedicalGpt.Host.Commands.Data;

/// <summary>Keeps what reading tells; what is said of single bad rows is left to the findings.</summary>
internal sealed class ReadNotices
{
    private readonly List<string> _told = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The notices, in order, each once.</summary>
    public IReadOnlyList<string> Told => _told;

    /// <summary>Takes a notice.</summary>
    /// <param name="line">Its text.</param>
    public void Add(string line)
    {
        if (!line.StartsWith("row skipped", StringComparison.Ordinal) && !line.EndsWith("were skipped.", StringComparison.Ordinal) && _known.Add(line))
            _told.Add(line);
    }
}
