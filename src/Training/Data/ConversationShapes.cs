using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows for supervised fine-tuning.</summary>
internal static class ConversationShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("pre-tokenised", ["input_ids"], row => TokenRows.Sequence(row, allLearned: false)),
        new("ShareGPT", ["conversations"], row => Dialogue(row, "conversations")),
        new("messages", ["messages"], row => Dialogue(row, "messages")),
        new("alpaca", ["instruction", "output"], row => Of(row, [.. Turns.Alpaca(row), new Message(Roles.Assistant, row.FilledText("output"))])),
        new("prompt/completion", ["prompt", "completion"], PromptCompletion),
        new("prompt/response", ["prompt", "response"], row => Of(row, [.. Turns.Opening(row, "prompt"), new Message(Roles.Assistant, row.FilledText("response"))])),
        new("question/answer", ["question", "answer"], row => Of(row, [.. Turns.Opening(row, "question"), new Message(Roles.Assistant, row.FilledText("answer"))])) { When = row => !row.Has("options") },
        new("multiple choice", ["question", "options"], MultipleChoice) { When = row => row.Has("answer") || row.Has("answer_idx") },
    ];

    private static Conversation Dialogue(DataRow row, string field) => Of(row, Turns.WithSystem(row, MessageReader.Read(row, field)));

    private static Conversation MultipleChoice(DataRow row)
    {
        var choice = MultipleChoiceRows.Read(row);
        return Of(row, [.. choice.Messages, new Message(Roles.Assistant, choice.Reference["answer"])]);
    }

    private static Example PromptCompletion(DataRow row)
    {
        if (!row.IsList("prompt") && !row.IsList("completion"))
            return new PromptCompletion(row.FilledText("prompt"), row.FilledText("completion"));
        var completion = row.IsList("completion") ? MessageReader.Read(row, "completion") : [new Message(Roles.Assistant, row.FilledText("completion"))];
        var prompt = Turns.Opening(row, "prompt").Select(m => m with { Learn = m.Learn ?? false });
        return Of(row, [.. prompt, .. completion]);
    }

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
