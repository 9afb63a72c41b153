using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows for online algorithms: a prompt, and columns by which rewards judge answers (the expected answer is <c>answer</c>).</summary>
internal static class PromptShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("pre-tokenised prompt", ["prompt_ids"], TokenRows.Prompt),
        new("multiple choice", ["question", "options"], MultipleChoiceRows.Read) { When = MultipleChoiceRows.Is },
        new("multiple choice in columns", ["question", "A", "B", "answer"], MultipleChoiceRows.Read) { When = MultipleChoiceRows.Is, Because = MultipleChoiceRows.Because },
        new("PubMedQA", ["QUESTION", "CONTEXTS", "final_decision"], PubMedRows.Read),
        new("question", ["question"], row => Asked(row, "question")),
        new("verl", ["prompt", "reward_model"], Verl) { When = row => ColumnPath.Find(row.Get("reward_model"), "ground_truth") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } },
        new("prompt", ["prompt"], row => Asked(row, "prompt")),
        new("ShareGPT", ["conversations"], row => Dialogue(row, "conversations")),
        new("messages", ["messages"], row => Dialogue(row, "messages")),
        new("alpaca", ["instruction"], Alpaca),
        new("turns in a list", ["data"], row => Answered(row, Turns.Dialogue(row, ListedRows.Alternating(row, "data")), row.Others("data", "system", "system_prompt"))) { When = row => ListedRows.IsTexts(row, "data") },
        new("questions/answers", ["questions", "answers"], row => Answered(row, ListedRows.First(row), row.Others("questions", "answers"))) { When = row => row.IsList("questions") && row.IsList("answers") },
        new("chosen/rejected dialogues", ["chosen", "rejected"], OfPair) { When = row => row.IsList("chosen") && row.IsList("rejected") },
        new("chosen/rejected transcripts", ["chosen", "rejected"], OfPair) { When = row => Transcripts.Is(row, "chosen") && Transcripts.Is(row, "rejected") },
    ];

    private static Prompt Asked(DataRow row, string field)
    {
        if (field == "question")
            MultipleChoiceRows.RequireOptions(row);
        return new(Turns.Asking(row, field, Transcripts.Is(row, field) ? Turns.Dialogue(row, Transcripts.Read(row, field)) : Turns.Opening(row, field)), row.Others(field, "system", "system_prompt", "history", "tools")) { ToolsJson = ToolJson.Tools(row) };
    }

    // verl's rows (data_source, prompt, ability, reward_model {style, ground_truth}, extra_info): the ground truth is the answer, all else goes along.
    private static Prompt Verl(DataRow row)
    {
        var truth = ColumnPath.Find(row.Get("reward_model"), "ground_truth");
        var prompt = Asked(row, "prompt");
        var reference = new Dictionary<string, string>(prompt.Reference) { ["answer"] = truth.ValueKind == JsonValueKind.String ? truth.GetString()! : truth.GetRawText() };
        return prompt with { Reference = reference };
    }

    private static Prompt OfPair(DataRow row)
    {
        var pair = PreferenceShapes.Dialogues(row);
        return new Prompt(pair.Prompt, row.Others("system", "system_prompt", "tools")) { ToolsJson = pair.ToolsJson };
    }

    private static Prompt Dialogue(DataRow row, string field) => Answered(row, Turns.Dialogue(row, Turns.Read(row, field)), row.Others(field, "system", "system_prompt", "tools"));

    // The prompt is everything before the last answer; that answer is what rewards compare with.
    private static Prompt Answered(DataRow row, List<Message> messages, Dictionary<string, string> reference)
    {
        var last = messages.FindLastIndex(m => m.Role == Roles.Assistant);
        if (messages[^1].Role != Roles.Assistant)
            last = messages.Count;
        else
            reference.TryAdd("answer", messages[last].Content);
        return last > 0
            ? new Prompt(messages[..last], reference) { ToolsJson = ToolJson.Tools(row) }
            : throw new MedicalGptException("The dialogue begins with the answer.") { Place = row.Origin.ToString(), Given = $"turns of {string.Join(", ", messages.Select(m => m.Role))}", Allowed = "a turn of the user before the answer" };
    }

    private static Prompt Alpaca(DataRow row)
    {
        var reference = row.Others("instruction", "input", "output", "system", "system_prompt", "history", "tools");
        if (row.Has("output"))
            reference.TryAdd("answer", row.Text("output"));
        return new Prompt(Turns.Alpaca(row), reference) { ToolsJson = ToolJson.Tools(row) };
    }
}
