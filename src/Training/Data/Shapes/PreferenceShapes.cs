using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows with a better and a worse answer.</summary>
internal static class PreferenceShapes
{
    /// <summary>The shapes.</summary>
    public static IReadOnlyList<RowShape> All { get; } =
    [
        new("pre-tokenised pair", ["prompt_ids", "chosen_ids", "rejected_ids"], TokenRows.Pair),
        new("conversations with chosen and rejected", ["conversations", "chosen", "rejected"], row => Pair(row, "conversations", Before(row, "conversations"), "chosen", "rejected")),
        new("messages with chosen and rejected", ["messages", "chosen", "rejected"], row => Pair(row, "messages", Before(row, "messages"), "chosen", "rejected")) { When = row => !RepeatsDialogue(row, "messages") },
        new("prompt/chosen/rejected", ["prompt", "chosen", "rejected"], row => Pair(row, "prompt", Turns.Asking(row, "prompt", Opening(row, "prompt")), "chosen", "rejected")),
        new("question/response_chosen/response_rejected", ["question", "response_chosen", "response_rejected"], row => Pair(row, "question", Turns.Asking(row, "question", Turns.Opening(row, "question")), "response_chosen", "response_rejected")),
        new("question/chosen/rejected", ["question", "chosen", "rejected"], row => Pair(row, "question", Turns.Asking(row, "question", Turns.Opening(row, "question")), "chosen", "rejected")),
        new("instruction/chosen/rejected", ["instruction", "chosen", "rejected"], row => Pair(row, "instruction", Turns.Alpaca(row), "chosen", "rejected")),
        new("chosen/rejected dialogues", ["chosen", "rejected"], Dialogues) { When = row => row.IsList("chosen") && row.IsList("rejected") },
        new("chosen/rejected transcripts", ["chosen", "rejected"], Dialogues) { When = row => Transcripts.Is(row, "chosen") && Transcripts.Is(row, "rejected") },
        new("unpaired", ["label"], _ => throw new InvalidOperationException()) { When = UnpairedShapes.Is, Refusal = "an unpaired row (one answer with a label) makes no pair; train on pairs of chosen and rejected answers, or use a method for unpaired rows" },
    ];

    /// <summary>The pair of a row whose chosen and rejected dialogues both hold the prompt.</summary>
    public static PreferencePair Dialogues(DataRow row) => Dialogues(row, "chosen", "rejected");

    private static List<Message> Opening(DataRow row, string field) => Transcripts.Is(row, field) ? Turns.Dialogue(row, Transcripts.Read(row, field)) : Turns.Opening(row, field);

    private static List<Message> Before(DataRow row, string field) => Turns.Asking(row, field, Turns.Dialogue(row, Turns.Read(row, field)));

    private static PreferencePair Pair(DataRow row, string field, List<Message> prompt, string chosen, string rejected)
    {
        if (RepeatsPrompt(row, chosen) && RepeatsPrompt(row, rejected))
        {
            var pair = Dialogues(row, chosen, rejected);
            return Agree(prompt, pair.Prompt) ? pair : throw new MedicalGptException($"\"{row.Column(field)}\" is not what the dialogues of \"{row.Column(chosen)}\" and \"{row.Column(rejected)}\" begin with.")
            {
                Place = row.Origin.ToString(),
                Given = Differing(prompt, pair.Prompt),
                Allowed = "the turns before both answers, or the first or last of them",
                Remedy = $"correct the row, or remove the column \"{row.Column(field)}\" from it",
            };
        }

        return new PreferencePair(prompt, Turns.Answer(row, chosen), Turns.Answer(row, rejected)) { Margin = row.Number("margin"), ToolsJson = ToolJson.Tools(row) };
    }

    // Files often repeat but the first or the last question of the dialogues beside them; a system turn may stand in the dialogues alone.
    private static bool Agree(List<Message> prompt, IReadOnlyList<Message> shared)
    {
        var (asked, turns) = (Said(prompt), Said(shared));
        var hasSystem = prompt[0].Role != Roles.System || (shared[0].Role == Roles.System && shared[0].Content.Trim() == prompt[0].Content.Trim());
        return hasSystem && (turns.Take(asked.Count).SequenceEqual(asked) || turns.TakeLast(asked.Count).SequenceEqual(asked));
    }

    private static string Differing(List<Message> prompt, IReadOnlyList<Message> shared)
    {
        var at = Math.Min(prompt.Zip(shared).TakeWhile(pair => Said([pair.First]).SequenceEqual(Said([pair.Second]))).Count(), prompt.Count - 1);
        return $"turn {at + 1} is {Turns.Shown(prompt[at])}, there it is {(at < shared.Count ? Turns.Shown(shared[at]) : "the answer")}";
    }

    private static List<(string Role, string Content, string? Calls)> Said(IEnumerable<Message> messages) =>
        [.. messages.Where(message => message.Role != Roles.System).Select(message => (message.Role, message.Content.Trim(), message.ToolCallsJson))];

    // UltraFeedback's rows: beside two whole dialogues the turns are one of them, with its answer.
    private static bool RepeatsDialogue(DataRow row, string field) =>
        RepeatsPrompt(row, "chosen") && RepeatsPrompt(row, "rejected") && row.IsList(field) && row.Get(field).GetArrayLength() > 0 && MessageReader.Read(row, field)[^1].Role == Roles.Assistant;

    /// <summary>Whether an answer is a whole dialogue: a list of turns that does not begin with the assistant.</summary>
    private static bool RepeatsPrompt(DataRow row, string field) =>
        Transcripts.Is(row, field) || (row.IsList(field) && row.Get(field).GetArrayLength() > 1 && MessageReader.Read(row, field)[0].Role != Roles.Assistant);

    // The prompt is what both dialogues begin with; where an answer is several turns, it begins with the assistant's.
    private static PreferencePair Dialogues(DataRow row, string chosen, string rejected)
    {
        var better = Turns.Dialogue(row, Read(row, chosen));
        var worse = Turns.Dialogue(row, Read(row, rejected));
        var shared = 0;
        while (shared < Math.Min(better.Count, worse.Count) - 1 && better[shared] == worse[shared])
            shared++;
        while (shared > 0 && (better[shared].Role != Roles.Assistant || worse[shared].Role != Roles.Assistant))
            shared--;
        if (shared == 0)
            throw new MedicalGptException($"{row.Origin}: \"{row.Column(chosen)}\" and \"{row.Column(rejected)}\" must be the same dialogue up to the answer, with at least one turn before it.");
        return new PreferencePair(better[..shared], Turns.Checked(row, chosen, better[shared..]), Turns.Checked(row, rejected, worse[shared..])) { Margin = row.Number("margin"), ToolsJson = ToolJson.Tools(row) };
    }

    private static List<Message> Read(DataRow row, string field) => row.IsText(field) ? Transcripts.Read(row, field) : Turns.Read(row, field);
}
