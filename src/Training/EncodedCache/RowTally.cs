using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Counts what becomes of rows while they are encoded.</summary>
internal sealed class RowTally
{
    private readonly SortedDictionary<string, int> cuts = new(StringComparer.Ordinal), dropped = new(StringComparer.Ordinal);
    private readonly List<RowPlace> first = [];
    private int given, kept, endsLost;

    /// <summary>Counts a row.</summary>
    public void Add(Example row, EncodeResult result)
    {
        given++;
        if (result.Example is null)
            Count(dropped, row, result.DropReason ?? "no reason given", "left out: ");
        else
            kept++;
        if (result.Cut is { } cut)
        {
            Count(cuts, row, cut.Rule, "");
            endsLost += cut.LosesEnd ? 1 : 0;
        }
    }

    /// <summary>What was counted, with what the encoded rows hold.</summary>
    public RowSummary Summary(RowContent content) => content.AddTo(new RowSummary { Given = given, Kept = kept, Cuts = cuts, EndsLost = endsLost, Dropped = dropped, First = first });

    private void Count(SortedDictionary<string, int> counts, Example row, string reason, string what)
    {
        counts[reason] = counts.GetValueOrDefault(reason) + 1;
        if (first.Count < RowSummary.Named)
            first.Add(new RowPlace(row.Origin.ToString(), what + reason));
    }
}
