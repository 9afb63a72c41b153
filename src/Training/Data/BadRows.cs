using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Counts the rows of a file that were left out.</summary>
internal sealed class BadRows(DataReadOptions options, string file)
{
    private const int Named = 5;
    private long _count;
    private bool _anyGood;

    /// <summary>Gives what a row gives; false when the row is bad and bad rows are skipped.</summary>
    public bool TryRead<T>(RowOrigin origin, Func<T> read, out T value)
    {
        try
        {
            value = read();
            return true;
        }
        catch (MedicalGptException e) when (options.OnBadRow == BadRowPolicy.Fail && _anyGood)
        {
            throw new MedicalGptException(e.Message, e) { Place = e.Place, Given = e.Given, Allowed = e.Allowed, Remedy = $"{e.Remedy ?? "mend the row"}; or leave bad rows out and count them: --on_bad_row skip" };
        }
        catch (MedicalGptException e) when (options.OnBadRow == BadRowPolicy.Skip)
        {
            options.Skipped.Add(origin, e);
            if (++_count <= Named)
                options.Notice($"row skipped: {e.Place}: {e.Message}");
            value = default!;
            return false;
        }
    }

    /// <summary>Notes that a row was good: from now on an error also offers to skip bad rows.</summary>
    public void Good() => _anyGood = true;

    /// <summary>Says how many rows were left out, if any.</summary>
    public void Report()
    {
        if (_count > 0)
            options.Notice($"{file}: {_count} bad rows were skipped.");
    }
}
