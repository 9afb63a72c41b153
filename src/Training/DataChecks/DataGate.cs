using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>The check that every run makes of its rows before they are encoded: what can be seen without tokens (the door looks at masks and lengths), near repetitions left out.</summary>
/// <param name="options">Says how strict it is.</param>
internal sealed class DataGate(DataOptions options)
{
    private const int Remembered = 1 << 18, Shown = 6;
    private readonly DataChecker? checker = options.DataCheck == DataCheckMode.Off ? null : new DataChecker(new DataCheckSettings { Remembered = Remembered, RememberedNear = Remembered / 8 });

    /// <summary>Takes held-out rows.</summary>
    public Action<Example>? HeldOut => checker is null ? null : checker.AddHeldOut;

    /// <summary>Takes training rows.</summary>
    public Action<Example>? Train => checker is null ? null : checker.Add;

    /// <summary>Tells what was found.</summary>
    /// <exception cref="MedicalGptException">The run must not begin.</exception>
    public void Pass(StageRequest request, RunRecord record)
    {
        if (checker is null)
            return;
        // Some people measure on training rows knowingly, for example to see whether a model can learn them by heart.
        var findings = checker.Report().Findings.Where(finding => finding.Severity > FindingSeverity.Note)
            .Select(finding => finding.Code == "held_out_rows_in_training" ? finding with { Severity = FindingSeverity.Warning } : finding).ToList();
        record.Describe("data_check", findings);
        var least = options.DataCheck == DataCheckMode.Strict ? FindingSeverity.Warning : FindingSeverity.Error;
        if (findings.FindAll(finding => finding.Severity >= least) is { Count: > 0 } stopping)
            throw Stop(request, stopping);
        foreach (var finding in findings.Take(Shown))
            request.Progress.Report(new NoteReport($"data: {finding.Text}{(finding.First.Count > 0 ? $", first {finding.First[0]}" : "")}", Warning: true));
        if (findings.Count > Shown)
            request.Progress.Report(new NoteReport($"data: {findings.Count - Shown} more warnings are in run.json", Warning: true));
    }

    private static MedicalGptException Stop(StageRequest request, List<DataFinding> findings) => new("The training rows are not fit for training.")
    {
        Place = findings[0].First.Count > 0 ? findings[0].First[0].ToString() : $"stage {request.Stage}",
        Given = string.Join("; ", findings.Select(finding => finding.Text)),
        Allowed = "rows without these faults",
        Remedy = $"{findings[0].Remedy}; medgpt data check shows all; --data-check off begins anyway",
    };
}
