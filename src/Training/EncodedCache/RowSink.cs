namespace MedicalGpt.Training;

/// <summary>Where encoded rows go: a file of the cache, or memory where there is no cache or an algorithm has rows of its own kind.</summary>
/// <param name="cache">The cache; null = memory.</param>
/// <param name="stopIds">End tokens.</param>
internal sealed class RowSink(RowCache? cache, IReadOnlyList<int> stopIds) : IDisposable
{
    private readonly RowContent content = new(stopIds);
    private RowStoreWriter? writer = cache?.Begin();
    private List<EncodedExample>? memory = cache is null ? [] : null;

    /// <summary>What was counted.</summary>
    public RowContent Content => content;

    /// <summary>Takes a row.</summary>
    public void Add(EncodedExample row)
    {
        content.Add(row);
        if (memory is null && !RowRecord.CanHold(row))
            MoveToMemory();
        if (memory is not null)
        {
            memory.Add(row);
            return;
        }

        try
        {
            writer!.Add(row);
        }
        catch (Exception error) when (RowCache.IsRefusal(error))
        {
            throw cache!.Refused(error);
        }
    }

    /// <summary>Ends the rows.</summary>
    /// <param name="summary">What happened to them.</param>
    /// <param name="key">The key under which they are kept; null = they are not.</param>
    public EncodedRows End(RowSummary summary, string? key)
    {
        if (memory is not null)
            return new EncodedRows(memory, summary);
        var ended = writer!;
        var store = cache!.End(ended, summary, key);
        writer = null;
        return new EncodedRows(store, summary);
    }

    public void Dispose()
    {
        content.Dispose();
        if (writer is not null)
            RowCache.Abandon(writer);
    }

    private void MoveToMemory()
    {
        using var written = cache!.End(writer!, new RowSummary(), key: null);
        writer = null;
        memory = [.. written];
    }
}
