using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Rows whose texts repeat an earlier row's. Memory is bounded: beyond a number of different rows, later ones are only compared with the first.</summary>
/// <param name="most">Most different rows that are remembered.</param>
internal sealed class DuplicateRowCheck(int most) : IRowCheck
{
    private readonly Dictionary<ulong, RowOrigin> seen = [];
    private readonly Places places = new();
    private bool full;

    /// <summary>Whether the last row repeated an earlier one.</summary>
    public bool LastIsRepeated { get; private set; }

    public void Add(CheckedRow row)
    {
        LastIsRepeated = false;
        if (row.Texts.Count == 0)
            return;
        var hash = TextHash.Of(row.Texts.Select(text => text.Text));
        if (seen.TryGetValue(hash, out var first))
        {
            LastIsRepeated = true;
            places.Add(row.Origin, first.Source == row.Origin.Source ? $"repeats line {first.Line}" : $"repeats {first}");
        }
        else if (seen.Count < most)
        {
            seen[hash] = row.Origin;
        }
        else
        {
            full = true;
        }
    }

    public IEnumerable<DataFinding> Findings(long rows)
    {
        foreach (var finding in places.Finding("duplicate_rows", FindingSeverity.Warning, "rows repeat an earlier row word for word, and are learned more often", "remove repetitions (medgpt data convert --dedupe)"))
            yield return finding;
        if (full)
            yield return new DataFinding("duplicates_unchecked", FindingSeverity.Note, 0, FormattableString.Invariant($"rows beyond the first {most:N0} different ones were compared with those only"), "", []);
    }
}
