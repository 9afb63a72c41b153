using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Collects the rows that reading left out (<c>--on_bad_row skip</c>): all are counted, the first ones are listed. Safe for several threads.</summary>
public sealed class SkippedRows
{
    /// <summary>How many rows are listed at most.</summary>
    public const int ListLimit = 100;

    private readonly Lock _lock = new();
    private readonly List<SkippedRow> _listed = [];
    private long _count;

    /// <summary>How many rows were left out.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>The first <see cref="ListLimit"/> of them, in the order in which they were met.</summary>
    public IReadOnlyList<SkippedRow> Listed
    {
        get
        {
            lock (_lock)
                return [.. _listed];
        }
    }

    /// <summary>Notes a row that is left out.</summary>
    /// <param name="origin">Its file and line.</param>
    /// <param name="error">What is wrong with it.</param>
    public void Add(RowOrigin origin, MedicalGptException error)
    {
        lock (_lock)
        {
            _count++;
            if (_listed.Count < ListLimit)
                _listed.Add(new SkippedRow(origin, error.Place ?? origin.ToString(), error.Given is { } given ? $"{error.Message} Given: {given}" : error.Message));
        }
    }
}
