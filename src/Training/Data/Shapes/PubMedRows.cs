using System.Text;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Reads PubMedQA's rows (Jin et al. 2019): the abstract's sections, a question, and yes, no or maybe.</summary>
internal static class PubMedRows
{
    /// <summary>Reads a row with QUESTION, CONTEXTS and final_decision.</summary>
    public static Prompt Read(DataRow row)
    {
        if (!row.IsList("CONTEXTS") || row.Get("CONTEXTS").EnumerateArray().Any(c => c.ValueKind != JsonValueKind.String))
            throw row.Wrong("CONTEXTS", "a list of strings");
        var text = new StringBuilder();
        foreach (var context in row.Get("CONTEXTS").EnumerateArray())
            text.Append(context.GetString()!).Append("\n\n");
        text.Append("Question: ").Append(row.FilledText("QUESTION")).Append("\nAnswer yes, no or maybe.");
        var reference = row.Others("QUESTION", "CONTEXTS", "final_decision", "LABELS", "MESHES", "system", "system_prompt", "history");
        reference["answer"] = row.FilledText("final_decision");
        return new Prompt(Turns.Question(row, text.ToString()), reference);
    }
}
