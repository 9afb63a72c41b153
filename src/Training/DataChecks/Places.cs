using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Counts places and keeps the first ones.</summary>
internal sealed class Places
{
    private const int Kept = 5;
    private readonly List<FindingPlace> first = [];

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>Notes a place.</summary>
    public void Add(RowOrigin origin, string detail = "")
    {
        Count++;
        if (first.Count < Kept)
            first.Add(new FindingPlace(origin, detail));
    }

    /// <summary>A finding about them, if there are any.</summary>
    public IEnumerable<DataFinding> Finding(string code, FindingSeverity severity, string text, string remedy)
    {
        if (Count > 0)
            yield return new DataFinding(code, severity, Count, FormattableString.Invariant($"{Count:N0} ") + text, remedy, first);
    }

    /// <summary>How bad it is when that share of rows is meant to be none.</summary>
    public FindingSeverity BadAbove(double share, long rows) => Count > share * rows ? FindingSeverity.Error : FindingSeverity.Warning;
}
