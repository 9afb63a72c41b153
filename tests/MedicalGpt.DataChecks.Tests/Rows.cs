namespace MedicalGpt.DataChecks.Tests;

/// <summary>Makes rows and checks them.</summary>
internal static class Rows
{
    public static PlainText Text(string text, int line = 1) => new(text) { Origin = new RowOrigin("a.jsonl", line) };

    public static Conversation Dialogue(string question, string answer, int line = 1) =>
        new([new Message(Roles.User, question), new Message(Roles.Assistant, answer)]) { Origin = new RowOrigin("a.jsonl", line) };

    public static PreferencePair Pair(string question, string chosen, string rejected, int line = 1) =>
        new([new Message(Roles.User, question)], chosen, rejected) { Origin = new RowOrigin("a.jsonl", line) };

    public static Prompt Prompt(string question, int line = 1) => new([new Message(Roles.User, question)], new Dictionary<string, string>()) { Origin = new RowOrigin("held.jsonl", line) };

    public static DataReport Check(IEnumerable<Example> rows, DataCheckSettings? settings = null, IEnumerable<Example>? heldOut = null)
    {
        var checker = new DataChecker(settings ?? new DataCheckSettings());
        foreach (var row in heldOut ?? [])
            checker.AddHeldOut(row);
        foreach (var row in rows)
            checker.Add(row);
        return checker.Report();
    }

    public static DataFinding? Find(this DataReport report, string code) => report.Findings.SingleOrDefault(finding => finding.Code == code);
}
