namespace MedicalGpt.Training.Data;

/// <summary>Passes reads on; damage and failing disks become a readable error. It can bound how much is read at a stretch.</summary>
/// <param name="inner">The stream.</param>
/// <param name="path">The file, for errors.</param>
internal sealed class CheckedStream(Stream inner, string path) : ReadOnlyStream
{
    private long _read;

    /// <summary>Bytes that may be read before <see cref="Restart"/> is called again; more are an error.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>Allows the whole limit again.</summary>
    public void Restart() => _read = 0;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(inner.Read(buffer));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Damaged(e);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await inner.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Damaged(e);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        return _read <= Limit ? read : throw new MedicalGptException($"A row is larger than {LineReader.LineLimit >> 20} MiB.") { Place = path, Remedy = "is the file one row per line, or a list of rows?" };
    }

    private MedicalGptException Damaged(Exception e) => new($"The file cannot be read further: {e.Message}", e) { Place = path, Remedy = "is the file whole? Fetch or compress it again" };
}
