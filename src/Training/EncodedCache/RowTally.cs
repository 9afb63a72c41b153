using MedicalGpt.Data;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Training;

/// <summary>Counts what becomes of rows while they are encoded.</summary>
/// <param name="encoder">Template and tokenizer.</param>
internal sealed class RowTally(IExampleEncoder encoder)
{
    private const string Endless = "token ids without an end token, so they do not teach to stop (they are taken as they are)";
    private readonly ITemplateOmissions? omissions = encoder as ITemplateOmissions;
    private readonly SortedDictionary<string, RowNote> notes = new(StringComparer.Ordinal);
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

        foreach (var omission in omissions?.TakeOmissions() ?? [])
            Note(row, $"the chat template leaves out {omission}");
        if (result is { Example: not null, Cut: not { LosesEnd: true } } && LacksEnd(row))
            Note(row, Endless);
    }

    /// <summary>What was counted, with what the encoded rows hold.</summary>
    public RowSummary Summary(RowContent content) => content.AddTo(new RowSummary { Given = given, Kept = kept, Cuts = cuts, EndsLost = endsLost, Dropped = dropped, Notes = [.. notes.Values], First = first });

    private bool LacksEnd(Example row) => row switch
    {
        TokenizedSequence sequence => !sequence.Labels.Any(encoder.StopIds.Contains),
        TokenizedPair pair => !encoder.StopIds.Contains(pair.ChosenIds.LastOrDefault(-1)) || !encoder.StopIds.Contains(pair.RejectedIds.LastOrDefault(-1)),
        _ => false,
    };

    private void Note(Example row, string text) =>
        notes[text] = notes.TryGetValue(text, out var note) ? note with { Rows = note.Rows + 1 } : new RowNote(text, 1, row.Origin.ToString());

    private void Count(SortedDictionary<string, int> counts, Example row, string reason, string what)
    {
        counts[reason] = counts.GetValueOrDefault(reason) + 1;
        if (first.Count < RowSummary.Named)
            first.Add(new RowPlace(row.Origin.ToString(), what + reason));
    }
}
