using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows for supervised fine-tuning.</summary>
internal static class ConversationShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("pre-tokenised", ["input_ids"], row => TokenRows.Sequence(row, allLearned: false)) { Claims = row => row.Has("labels") || row.Has("completion_mask") },
        new("unpaired", ["label"], _ => throw new InvalidOperationException()) { When = UnpairedShapes.Is, Refusal = "sft would learn bad answers (label false) too; keep the rows with label true and remove the column label" },
        new("ShareGPT", ["conversations"], row => Dialogue(row, "conversations")) { Claims = row => !MessageReader.OnlyAsks(row, "conversations") },
        new("messages", ["messages"], row => Dialogue(row, "messages")) { Claims = row => !MessageReader.OnlyAsks(row, "messages") },
        new("alpaca", ["instruction", "output"], row => Of(row, [.. Turns.Alpaca(row), new Message(Roles.Assistant, row.FilledText("output"))])),
        new("prompt/completion", ["prompt", "completion"], PromptCompletion),
        new("prompt/response", ["prompt", "response"], row => Of(row, [.. Turns.Opening(row, "prompt"), new Message(Roles.Assistant, row.FilledText("response"))])),
        new("question/answer", ["question", "answer"], Answered) { When = row => !MultipleChoiceRows.Is(row), Claims = row => row.IsText("answer") },
        new("multiple choice", ["question", "options"], row => Asked(row, MultipleChoiceRows.Read(row))) { When = MultipleChoiceRows.Is },
        new("multiple choice in columns", ["question", "A", "B", "answer"], row => Asked(row, MultipleChoiceRows.Read(row))) { When = MultipleChoiceRows.Is, Because = MultipleChoiceRows.Because },
        new("PubMedQA", ["QUESTION", "CONTEXTS", "final_decision"], row => Asked(row, PubMedRows.Read(row))),
        new("turns in a list", ["data"], row => Of(row, Turns.Dialogue(row, ListedRows.Alternating(row, "data")))) { When = row => ListedRows.IsTexts(row, "data") },
        new("questions/answers", ["questions", "answers"], row => Of(row, ListedRows.First(row))) { When = row => row.IsList("questions") && row.IsList("answers") },
        new("input/output", ["input", "output"], row => Of(row, [.. Turns.Opening(row, "input"), new Message(Roles.Assistant, row.FilledText("output"))])) { When = row => !row.Has("instruction") },
    ];

    private static Conversation Dialogue(DataRow row, string field) => Of(row, Turns.Dialogue(row, Turns.Read(row, field)));

    private static Conversation Answered(DataRow row)
    {
        MultipleChoiceRows.RequireOptions(row);
        return Of(row, [.. Turns.Opening(row, "question"), new Message(Roles.Assistant, row.FilledText("answer"))]);
    }

    private static Conversation Asked(DataRow row, Prompt prompt) => Of(row, [.. prompt.Messages, new Message(Roles.Assistant, prompt.Reference["answer"])]);

    private static Example PromptCompletion(DataRow row)
    {
        if (!row.IsList("prompt") && !row.IsList("completion"))
            return Joined(row);
        var completion = row.IsList("completion") ? MessageReader.Read(row, "completion") : [new Message(Roles.Assistant, row.FilledText("completion"))];
        var prompt = Turns.Opening(row, "prompt").Select(m => m with { Learn = m.Learn ?? false });
        return Of(row, Turns.Ordered(row, [.. prompt, .. completion]));
    }

    private static PromptCompletion Joined(DataRow row)
    {
        foreach (var field in new[] { "system", "system_prompt", "history", "tools" })
            if (row.Has(field) && !(row.IsText(field) && string.IsNullOrWhiteSpace(row.Text(field))) && !(row.IsList(field) && row.Get(field).GetArrayLength() == 0))
                throw Unused(row, $"\"{row.Column(field)}\": {DataRow.Short(row.Get(field))}", "remove the column");
        return new PromptCompletion(row.FilledText("prompt"), row.FilledText("completion"));
    }

    /// <summary>The error that something is to go into a prompt and completion that are text.</summary>
    public static MedicalGptException Unused(DataRow row, string given, string leaveOut) => new("A prompt and a completion that are text are joined without a chat template, so a system turn, a history or tools have no place there.")
    {
        Place = row.Origin.ToString(),
        Given = given,
        Allowed = "prompt and completion as lists of turns, or a dialogue of another shape",
        Remedy = $"{row.Advice("--columns.response=completion")} reads such rows as dialogues, with all of it; or {leaveOut}",
    };

    private static Conversation Of(DataRow row, List<Message> messages)
    {
        if (!messages.Any(m => m.Role == Roles.Assistant))
            throw new MedicalGptException("The dialogue has no turn of the assistant, so there is nothing to learn.") { Place = row.Origin.ToString(), Given = $"turns of {string.Join(", ", messages.Select(m => m.Role))}", Allowed = "at least one turn of gpt or assistant", Remedy = "add one or leave the row out" };
        for (var i = 0; i < messages.Count; i++)
            if (messages[i] is { Role: Roles.Assistant, ToolCallsJson: null } && string.IsNullOrWhiteSpace(messages[i].Content))
                throw new MedicalGptException("An answer is empty, so there is nothing to learn from it.") { Place = $"{row.Origin}, turn {i + 1} (assistant)", Given = $"\"{messages[i].Content}\"", Allowed = "text", Remedy = "fill it in or leave the row out" };
        return new Conversation(messages) { ToolsJson = ToolJson.Tools(row) };
    }
}
