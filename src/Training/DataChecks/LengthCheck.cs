namespace MedicalGpt.Training.DataChecks;

/// <summary>Rows beyond the length limit, rows that learn nothing, answers without an end token. Needs tokens.</summary>
/// <param name="limit">Most tokens of a row; 0 = no limit.</param>
internal sealed class LengthCheck(int limit) : IRowCheck
{
    private readonly Places longer = new(), nothing = new(), endless = new();

    public void Add(CheckedRow row)
    {
        if (row.Tokens is not { } tokens)
            return;
        if (limit > 0 && tokens.Length > limit)
            longer.Add(row.Origin, FormattableString.Invariant($"{tokens.Length:N0} tokens"));
        if (!tokens.Learns)
            return;
        if (tokens.Learned == 0)
            nothing.Add(row.Origin);
        else if (!tokens.LearnsEnd)
            endless.Add(row.Origin);
    }

    public IEnumerable<DataFinding> Findings(long rows) =>
        longer.Finding("longer_than_limit", longer.BadAbove(0.5, rows), FormattableString.Invariant($"rows ({longer.Count / (double)Math.Max(1, rows):P1}) are longer than {limit:N0} tokens and would be cut or left out"), "raise the limit, shorten them, or choose what becomes of them with --truncation")
            .Concat(nothing.Finding("learns_nothing", nothing.BadAbove(0.5, rows), "rows have an empty mask: nothing in them would be learned", "check that they have answers and that the template marks them"))
            .Concat(endless.Finding("no_end_token", endless.BadAbove(0.5, rows), "rows learn no end token, so they do not teach to stop", "check the tokenizer's end token and the chat template"));
}
