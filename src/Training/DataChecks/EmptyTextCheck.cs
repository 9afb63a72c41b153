using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Rows and turns without words.</summary>
internal sealed class EmptyTextCheck : IRowCheck
{
    private readonly Places rows = new(), turns = new();

    public void Add(CheckedRow row)
    {
        if (row.Texts.Count > 0 && row.Texts.All(text => string.IsNullOrWhiteSpace(text.Text)))
        {
            rows.Add(row.Origin);
            return;
        }

        foreach (var text in row.Example is Prompt prompt ? row.Texts.Take(prompt.Messages.Count) : row.Texts)
            if (string.IsNullOrWhiteSpace(text.Text))
                turns.Add(row.Origin, text.Field);
    }

    public IEnumerable<DataFinding> Findings(long rows) =>
        this.rows.Finding("empty_rows", this.rows.BadAbove(0.5, rows), "rows have no text", "remove them")
            .Concat(turns.Finding("empty_texts", FindingSeverity.Warning, "turns or answers are empty", "fill them in or remove the rows"));
}
