using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Walks the rows of one source, one row ahead, and begins again behind the last one.</summary>
internal sealed class SourceCursor : IAsyncDisposable
{
    private readonly Func<IAsyncEnumerator<Example>> _open;
    private IAsyncEnumerator<Example> _rows;
    private Example _next;

    private SourceCursor(Func<IAsyncEnumerator<Example>> open, IAsyncEnumerator<Example> rows) => (_open, _rows, _next) = (open, rows, rows.Current);

    /// <summary>Whether the last row has been taken at least once.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Opens a source.</summary>
    /// <exception cref="MedicalGptException">It has no rows.</exception>
    public static async Task<SourceCursor> OpenAsync(string name, Func<IAsyncEnumerator<Example>> open)
    {
        var rows = open();
        if (await rows.MoveNextAsync())
            return new SourceCursor(open, rows);
        await rows.DisposeAsync();
        throw new MedicalGptException("A source of training rows is empty.") { Given = name, Remedy = "leave it out, or look at what was skipped" };
    }

    /// <summary>The next row.</summary>
    public async ValueTask<Example> TakeAsync()
    {
        var taken = _next;
        if (!await _rows.MoveNextAsync())
        {
            HasEnded = true;
            await _rows.DisposeAsync();
            _rows = _open();
            await _rows.MoveNextAsync();
        }

        _next = _rows.Current;
        return taken;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _rows.DisposeAsync();
}
