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
        new("prompt/chosen/rejected", ["prompt", "chosen", "rejected"], row => Pair(row, Opening(row, "prompt"), "chosen", "rejected")),
        new("question/response_chosen/response_rejected", ["question", "response_chosen", "response_rejected"], row => Pair(row, Turns.Opening(row, "question"), "response_chosen", "response_rejected")),
        new("question/chosen/rejected", ["question", "chosen", "rejected"], row => Pair(row, Turns.Opening(row, "question"), "chosen", "rejected")),
        new("instruction/chosen/rejected", ["instruction", "chosen", "rejected"], row => Pair(row, Turns.Alpaca(row), "chosen", "rejected")),
        new("chosen/rejected dialogues", ["chosen", "rejected"], Dialogues) { When = row => row.IsList("chosen") && row.IsList("rejected") },
        new("chosen/rejected transcripts", ["chosen", "rejected"], Dialogues) { When = row => Transcripts.Is(row, "chosen") && Transcripts.Is(row, "rejected") },
        new("unpaired", ["label"], _ => throw new InvalidOperationException()) { When = UnpairedShapes.Is, Refusal = "an unpaired row (one answer with a label) makes no pair; train on pairs of chosen and rejected answers, or use a method for unpaired rows" },
    ];

    /// <summary>The pair of a row whose chosen and rejected dialogues both hold the prompt.</summary>
    public static PreferencePair Dialogues(DataRow row) => Dialogues(row, "chosen", "rejected");

    private static List<Message> Opening(DataRow row, string field) => Transcripts.Is(row, field) ? Turns.WithSystem(row, Transcripts.Read(row, field)) : Turns.Opening(row, field);

    private static List<Message> Before(DataRow row, string field)
    {
        var messages = Turns.WithSystem(row, MessageReader.Read(row, field));
        return messages[^1].Role == Roles.Assistant
            ? throw new MedicalGptException($"{row.Origin}: \"{row.Column(field)}\" ends with a turn of the assistant; beside chosen and rejected it must end with the question.")
            : messages;
    }

    private static PreferencePair Pair(DataRow row, List<Message> prompt, string chosen, string rejected)
    {
        if (RepeatsPrompt(row, chosen) && RepeatsPrompt(row, rejected))
            return Dialogues(row, chosen, rejected);
        return new PreferencePair(prompt, Turns.Answer(row, chosen), Turns.Answer(row, rejected)) { Margin = row.Number("margin"), ToolsJson = ToolJson.Tools(row) };
    }

    /// <summary>Whether an answer is a whole dialogue: a list of turns that does not begin with the assistant.</summary>
    private static bool RepeatsPrompt(DataRow row, string field) =>
        Transcripts.Is(row, field) || (row.IsList(field) && row.Get(field).GetArrayLength() > 1 && MessageReader.Read(row, field)[0].Role != Roles.Assistant);

    // The prompt is what both dialogues begin with; where an answer is several turns, it begins with the assistant's.
    private static PreferencePair Dialogues(DataRow row, string chosen, string rejected)
    {
        var better = Turns.WithSystem(row, Read(row, chosen));
        var worse = Turns.WithSystem(row, Read(row, rejected));
        var shared = 0;
        while (shared < Math.Min(better.Count, worse.Count) - 1 && better[shared] == worse[shared])
            shared++;
        while (shared > 0 && (better[shared].Role != Roles.Assistant || worse[shared].Role != Roles.Assistant))
            shared--;
        if (shared == 0)
            throw new MedicalGptException($"{row.Origin}: \"{row.Column(chosen)}\" and \"{row.Column(rejected)}\" must be the same dialogue up to the answer, with at least one turn before it.");
        return new PreferencePair(better[..shared], Turns.Checked(row, chosen, better[shared..]), Turns.Checked(row, rejected, worse[shared..])) { Margin = row.Number("margin"), ToolsJson = ToolJson.Tools(row) };
    }

    private static List<Message> Read(DataRow row, string field) => row.IsText(field) ? Transcripts.Read(row, field) : MessageReader.Read(row, field);
}
