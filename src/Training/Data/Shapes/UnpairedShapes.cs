using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows with one answer and whether it is a good one.</summary>
internal static class UnpairedShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("prompt/completion/label", ["prompt", "completion", "label"], row => Make(row, Turns.Asking(row, "prompt", Turns.Opening(row, "prompt")), Turns.Answer(row, "completion"))),
        new("question/answer/label", ["question", "answer", "label"], row => Make(row, Turns.Asking(row, "question", Turns.Opening(row, "question")), Turns.Answer(row, "answer"))),
        new("instruction/output/label", ["instruction", "output", "label"], row => Make(row, Turns.Alpaca(row), Turns.Answer(row, "output"))),
        new("conversations with label", ["conversations", "label"], row => Dialogue(row, "conversations")),
        new("messages with label", ["messages", "label"], row => Dialogue(row, "messages")),
    ];

    /// <summary>Whether a row is one: an answer with a label that is true or false, if only as a word; beside prompt and completion, where other labels are unusual, also 1 or 0.</summary>
    public static bool Is(DataRow row) => row.Get("label").ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.String when Truth(row.Get("label")) is not null => All.Any(shape => shape.Fields.All(row.Has)),
        JsonValueKind.Number => row.Number("label") is 0 or 1 && row.Has("prompt") && row.Has("completion"),
        _ => false,
    };

    private static UnpairedExample Dialogue(DataRow row, string field)
    {
        var messages = Turns.Dialogue(row, Turns.Read(row, field));
        var last = messages.FindLastIndex(message => message.Role is Roles.User or Roles.System) + 1;
        return last > 0 && last < messages.Count && messages[last].Role == Roles.Assistant
            ? Make(row, messages[..last], messages[last..])
            : throw row.Wrong(field, "a question, and behind it the answer that the label is about");
    }

    private static UnpairedExample Make(DataRow row, List<Message> prompt, List<Message> answer)
    {
        var isDesirable = Truth(row.Get("label")) ?? throw row.Wrong("label", "true (a good answer) or false");
        if (row.Has("kto_tag") && Truth(row.Get("kto_tag")) is { } tag && tag != isDesirable)
            throw new MedicalGptException("The row has two different labels.") { Place = row.Origin.ToString(), Given = $"\"{row.Column("label")}\": {DataRow.Short(row.Get("label"))}, \"kto_tag\": {DataRow.Short(row.Get("kto_tag"))}", Allowed = "one, or twice the same", Remedy = "keep the one that is meant" };
        return new UnpairedExample(prompt, answer, isDesirable) { ToolsJson = ToolJson.Tools(row) };
    }

    private static bool? Truth(JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when label.TryGetInt32(out var number) && number is 0 or 1 => number == 1,
        JsonValueKind.String when bool.TryParse(label.GetString(), out var word) => word,
        _ => null,
    };
}
