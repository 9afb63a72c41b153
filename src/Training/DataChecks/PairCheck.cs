using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Preference pairs that prefer nothing, or only length.</summary>
internal sealed class PairCheck : IRowCheck
{
    private const int Remembered = 1 << 20;
    private readonly Places same = new(), spaces = new(), repeats = new();
    private readonly HashSet<ulong> seen = [];
    private readonly Places contradicting = new();
    private long pairs, longerChosen, longerRejected;

    public void Add(CheckedRow row)
    {
        if (row.Example is TokenizedPair ids && ids.ChosenIds.AsSpan().SequenceEqual(ids.RejectedIds))
            same.Add(row.Origin);
        if (row.Example is not PreferencePair pair)
            return;
        var (chosen, rejected) = (pair.ChosenText, pair.RejectedText);
        pairs++;
        if (chosen == rejected)
            same.Add(row.Origin);
        else if (chosen.AsSpan().Trim().SequenceEqual(rejected.AsSpan().Trim()))
            spaces.Add(row.Origin);
        else if (pair.Prompt.Count > 0 && pair.Prompt[^1].Content == chosen)
            repeats.Add(row.Origin);
        longerChosen += chosen.Length > rejected.Length ? 1 : 0;
        longerRejected += chosen.Length < rejected.Length ? 1 : 0;
        Remember(pair, row.Origin);
    }

    public IEnumerable<DataFinding> Findings(long rows)
    {
        foreach (var finding in same.Finding("same_answers", same.BadAbove(0.5, rows), "pairs have the same chosen and rejected answer; they teach nothing and are left out of training", "remove them, or check that the columns are the right ones (--columns)")
            .Concat(spaces.Finding("nearly_same_answers", FindingSeverity.Warning, "pairs differ in spaces only", "remove them"))
            .Concat(repeats.Finding("answer_repeats_prompt", FindingSeverity.Warning, "chosen answers repeat the question", "check that the columns are the right ones (--columns)"))
            .Concat(contradicting.Finding("contradicting_pairs", FindingSeverity.Warning, "pairs are an earlier pair the other way round", "decide which is right")))
            yield return finding;
        var share = pairs == 0 ? 0.5 : Math.Max(longerChosen, longerRejected) / (double)pairs;
        if (pairs >= 50 && share >= 0.75)
            yield return new DataFinding("length_tells", FindingSeverity.Warning, pairs, FormattableString.Invariant($"{share:P0} of the pairs are told apart by length alone: the chosen answer is the {(longerChosen > longerRejected ? "longer" : "shorter")} one"), "a model may learn length instead of quality; balance the lengths, and compare with what length alone reaches", []);
    }

    private void Remember(PreferencePair pair, RowOrigin origin)
    {
        var prompt = string.Join('\n', pair.Prompt.Select(message => message.Content));
        var (chosen, rejected) = (pair.ChosenText, pair.RejectedText);
        if (chosen != rejected && seen.Contains(TextHash.Of([prompt, rejected, chosen])))
            contradicting.Add(origin);
        if (seen.Count < Remembered)
            seen.Add(TextHash.Of([prompt, chosen, rejected]));
    }
}
