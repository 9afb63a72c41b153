using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows for online algorithms: a prompt, and columns by which rewards judge answers (the expected answer is <c>answer</c>).</summary>
internal static class PromptShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("pre-tokenised prompt", ["prompt_ids"], TokenRows.Prompt),
        new("multiple choice", ["question", "options"], MultipleChoiceRows.Read) { When = row => row.Has("answer") || row.Has("answer_idx") },
        new("PubMedQA", ["QUESTION", "CONTEXTS", "final_decision"], PubMedRows.Read),
        new("question", ["question"], row => new Prompt(Turns.Opening(row, "question"), row.Others("question", "system", "system_prompt", "history"))),
        new("prompt", ["prompt"], row => new Prompt(Turns.Opening(row, "prompt"), row.Others("prompt", "system", "system_prompt", "history"))),
        new("ShareGPT", ["conversations"], row => Dialogue(row, "conversations")),
        new("messages", ["messages"], row => Dialogue(row, "messages")),
        new("alpaca", ["instruction"], Alpaca),
    ];

    // The prompt is everything before the last answer; that answer is what rewards compare with.
    private static Prompt Dialogue(DataRow row, string field)
    {
        var messages = Turns.WithSystem(row, MessageReader.Read(row, field));
        var reference = row.Others(field, "system", "system_prompt", "tools");
        var last = messages.FindLastIndex(m => m.Role == Roles.Assistant);
        if (messages[^1].Role != Roles.Assistant)
            last = messages.Count;
        else
            reference.TryAdd("answer", messages[last].Content);
        return last > 0
            ? new Prompt(messages[..last], reference) { ToolsJson = ToolJson.Tools(row) }
            : throw row.Wrong(field, "a turn of the user before the answer");
    }

    private static Prompt Alpaca(DataRow row)
    {
        var reference = row.Others("instruction", "input", "output", "system", "system_prompt", "history");
        if (row.Has("output"))
            reference.TryAdd("answer", row.Text("output"));
        return new Prompt(Turns.Alpaca(row), reference);
    }
}
