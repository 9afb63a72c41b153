using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows with a better and a worse answer.</summary>
internal static class PreferenceShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("pre-tokenised pair", ["prompt_ids", "chosen_ids", "rejected_ids"], TokenRows.Pair),
        new("conversations with chosen and rejected", ["conversations", "chosen", "rejected"], row => Pair(row, Before(row, "conversations"), "chosen", "rejected")),
        new("messages with chosen and rejected", ["messages", "chosen", "rejected"], row => Pair(row, Before(row, "messages"), "chosen", "rejected")),
        new("prompt/chosen/rejected", ["prompt", "chosen", "rejected"], row => Pair(row, Turns.Opening(row, "prompt"), "chosen", "rejected")),
        new("question/response_chosen/response_rejected", ["question", "response_chosen", "response_rejected"], row => Pair(row, Turns.Opening(row, "question"), "response_chosen", "response_rejected")),
        new("question/chosen/rejected", ["question", "chosen", "rejected"], row => Pair(row, Turns.Opening(row, "question"), "chosen", "rejected")),
        new("instruction/chosen/rejected", ["instruction", "chosen", "rejected"], row => Pair(row, Turns.Alpaca(row), "chosen", "rejected")),
        new("chosen/rejected dialogues", ["chosen", "rejected"], Dialogues) { When = row => row.IsList("chosen") && row.IsList("rejected") },
    ];

    private static List<Message> Before(DataRow row, string field)
    {
        var messages = Turns.WithSystem(row, MessageReader.Read(row, field));
        return messages[^1].Role == Roles.Assistant
            ? throw new MedicalGptException($"{row.Origin}: \"{row.Column(field)}\" ends with a turn of the assistant; beside chosen and rejected it must end with the question.")
            : messages;
    }

    private static PreferencePair Pair(DataRow row, List<Message> prompt, string chosen, string rejected)
    {
        if (row.IsList(chosen) && row.IsList(rejected) && row.Get(chosen).GetArrayLength() > 1)
            return Dialogues(row, chosen, rejected);
        return new PreferencePair(prompt, Answer(row, chosen), Answer(row, rejected)) { Margin = row.Number("margin"), ToolsJson = ToolJson.Tools(row) };
    }

    private static PreferencePair Dialogues(DataRow row) => Dialogues(row, "chosen", "rejected");

    // Both dialogues repeat the prompt and differ in the last turn only.
    private static PreferencePair Dialogues(DataRow row, string chosen, string rejected)
    {
        var better = Turns.WithSystem(row, MessageReader.Read(row, chosen));
        var worse = Turns.WithSystem(row, MessageReader.Read(row, rejected));
        if (better.Count < 2 || !better.SkipLast(1).SequenceEqual(worse.SkipLast(1)))
            throw new MedicalGptException($"{row.Origin}: \"{row.Column(chosen)}\" and \"{row.Column(rejected)}\" must be the same dialogue up to the last turn, with at least one turn before it.");
        return new PreferencePair(better[..^1], Last(row, chosen, better[^1]), Last(row, rejected, worse[^1])) { Margin = row.Number("margin"), ToolsJson = ToolJson.Tools(row) };
    }

    private static string Answer(DataRow row, string field)
    {
        switch (row.Get(field).ValueKind)
        {
            case JsonValueKind.Object:
                return Last(row, field, MessageReader.Turn(row, row.Column(field), row.Get(field)));
            case JsonValueKind.Array:
                return Last(row, field, MessageReader.Read(row, field)[^1]);
            default:
                return row.FilledText(field);
        }
    }

    private static string Last(DataRow row, string field, Message answer)
    {
        if (answer.Role != Roles.Assistant || answer.ToolCallsJson is not null || string.IsNullOrWhiteSpace(answer.Content))
            throw row.Wrong(field, "an answer in words, of the assistant (gpt, assistant), that is not empty");
        return answer.Content;
    }
}
