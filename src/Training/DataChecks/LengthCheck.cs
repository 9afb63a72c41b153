namespace MedicalGpt.Training.DataChecks;

/// <summary>Rows beyond the length limit, rows that learn nothing, answers without an end token, ids that the tokenizer does not have. Needs tokens.</summary>
/// <param name="limit">Most tokens of a row; 0 = no limit.</param>
/// <param name="vocabulary">Number of ids that there are; 0 = not known.</param>
internal sealed class LengthCheck(int limit, int vocabulary) : IRowCheck
{
    private readonly Places longer = new(), nothing = new(), endless = new(), unknown = new();

    public void Add(CheckedRow row)
    {
        if (row.Tokens is not { } tokens)
            return;
        if (limit > 0 && tokens.Length > limit)
            longer.Add(row.Origin, FormattableString.Invariant($"{tokens.Length:N0} tokens"));
        if (vocabulary > 0 && tokens.LargestId >= vocabulary)
            unknown.Add(row.Origin, FormattableString.Invariant($"id {tokens.LargestId}"));
        if (!tokens.Learns)
            return;
        if (tokens.Learned == 0)
            nothing.Add(row.Origin);
        else if (!tokens.LearnsEnd)
            endless.Add(row.Origin);
    }

    public IEnumerable<DataFinding> Findings(long rows) =>
        longer.Finding("longer_than_limit", longer.BadAbove(0.5, rows), FormattableString.Invariant($"rows ({longer.Count / (double)Math.Max(1, rows):P1}) are longer than {limit:N0} tokens and would be cut or left out"), "raise the limit, shorten them, or choose what becomes of them with --truncation")
            .Concat(unknown.Finding("unknown_ids", FindingSeverity.Error, FormattableString.Invariant($"rows have ids that the tokenizer does not have (it has {vocabulary:N0})"), "make the ids with this tokenizer, or name the tokenizer that made them"))
            .Concat(nothing.Finding("learns_nothing", nothing.BadAbove(0.5, rows), "rows have an empty mask: nothing in them would be learned", "check that they have answers and that the template marks them"))
            .Concat(endless.Finding("no_end_token", endless.BadAbove(0.5, rows), "rows learn no end token, so they do not teach to stop", "check the tokenizer's end token and the chat template"));
}
