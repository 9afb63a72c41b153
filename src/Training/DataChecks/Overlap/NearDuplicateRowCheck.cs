using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Rows that nearly repeat an earlier one, all of their texts taken together.</summary>
/// <param name="most">Most rows that are remembered.</param>
internal sealed class NearDuplicateRowCheck(int most) : IRowCheck
{
    private const double Threshold = 0.85;
    private readonly NearDuplicateIndex index = new(most, Threshold);
    private readonly List<RowOrigin> origins = [];
    private readonly Places places = new();

    /// <summary>Whether the last row nearly repeated an earlier one.</summary>
    public bool LastIsRepeated { get; private set; }

    public void Add(CheckedRow row)
    {
        LastIsRepeated = false;
        if (MinHasher.Of(PromptOverlap.Normalise(string.Join('\n', row.Texts.Select(text => text.Text)))) is not { } signature)
            return;
        var (number, similarity) = index.Nearest(signature);
        if (number >= 0)
        {
            LastIsRepeated = true;
            var other = origins[number];
            places.Add(row.Origin, FormattableString.Invariant($"{similarity:P0} like {(other.Source == row.Origin.Source ? $"line {other.Line}" : other.ToString())}"));
        }
        else if (index.Add(signature) >= 0)
        {
            origins.Add(row.Origin);
        }
    }

    public IEnumerable<DataFinding> Findings(long rows)
    {
        foreach (var finding in places.Finding("near_duplicate_rows", FindingSeverity.Warning, "rows nearly repeat an earlier row (repetitions word for word included)", "look at them, or remove them (medgpt data convert --dedupe near)"))
            yield return finding;
        if (index.IsFull)
            yield return new DataFinding("near_duplicates_unchecked", FindingSeverity.Note, 0, FormattableString.Invariant($"rows beyond the first {most:N0} different ones were compared with those only"), "", []);
    }
}
