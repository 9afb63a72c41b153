using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Tokens of a row, before any limit.</summary>
/// <param name="Length">Tokens of its longest sequence: prompt and answer, or prompt and the longer answer.</param>
/// <param name="Learned">Tokens that its stage would learn; for prompts 0.</param>
/// <param name="LearnsEnd">Whether an end token is among them.</param>
/// <param name="Learns">False for prompts, from which nothing is learned directly.</param>
internal sealed record RowTokens(int Length, int Learned, bool LearnsEnd, bool Learns = true)
{
    /// <summary>The largest id of a row that came as ids; -1 = it came as text.</summary>
    public int LargestId { get; init; } = -1;

    /// <summary>Encodes a row as its stage does.</summary>
    public static RowTokens Of(Example example, IExampleEncoder encoder)
    {
        switch (example)
        {
            case PlainText row:
                var text = encoder.EncodeText(row.Text).Length;
                return new RowTokens(text + 1, text, LearnsEnd: true);
            case PromptCompletion row:
                var (asked, completion) = (encoder.EncodeText(row.Prompt).Length, encoder.EncodeText(row.Completion).Length);
                return new RowTokens(asked + completion + 1, completion + 1, LearnsEnd: true);
            case Conversation row:
                var dialogue = Dialogue(row, encoder);
                return Masked(dialogue.Ids, dialogue.Assistant, encoder);
            case PreferencePair row:
                var prompt = encoder.EncodePrompt(row.Prompt, row.ToolsJson).Length;
                var (chosen, rejected) = (encoder.EncodeContinuation(row.Prompt, row.Chosen, row.ToolsJson).Ids, encoder.EncodeContinuation(row.Prompt, row.Rejected, row.ToolsJson).Ids);
                return new RowTokens(prompt + Math.Max(chosen.Length, rejected.Length), chosen.Length + rejected.Length, Ends(chosen, encoder) && Ends(rejected, encoder));
            case UnpairedExample row:
                var (opening, answer) = (encoder.EncodePrompt(row.Prompt, row.ToolsJson).Length, encoder.EncodeContinuation(row.Prompt, row.Completion, row.ToolsJson).Ids);
                return new RowTokens(opening + answer.Length, answer.Length, Ends(answer, encoder));
            case Prompt row:
                return new RowTokens(encoder.EncodePrompt(row.Messages, row.ToolsJson).Length, 0, LearnsEnd: false, Learns: false);
            case TokenizedSequence row:
                return Masked(row.InputIds, [.. row.Labels.Select(label => label != TokenizedSequence.Ignore)], encoder) with { LargestId = Largest(row.InputIds) };
            case TokenizedPair row:
                return new RowTokens(row.PromptIds.Length + Math.Max(row.ChosenIds.Length, row.RejectedIds.Length), row.ChosenIds.Length + row.RejectedIds.Length, Ends(row.ChosenIds, encoder) && Ends(row.RejectedIds, encoder)) { LargestId = Largest([.. row.PromptIds, .. row.ChosenIds, .. row.RejectedIds]) };
            case TokenizedPrompt row:
                return new RowTokens(row.PromptIds.Length, 0, LearnsEnd: false, Learns: false) { LargestId = Largest(row.PromptIds) };
            default:
                return new RowTokens(0, 0, LearnsEnd: false, Learns: false);
        }
    }

    // A template may tell only the last answer apart; whether that is enough the stage decides.
    private static EncodedConversation Dialogue(Conversation row, IExampleEncoder encoder)
    {
        try
        {
            return encoder.EncodeConversation(row);
        }
        catch (MedicalGptException) when (row.Messages.Count(m => m.Role == Roles.Assistant) > 1)
        {
            var last = row.Messages.ToList().FindLastIndex(m => m.Role == Roles.Assistant);
            return encoder.EncodeConversation(row with { Messages = [.. row.Messages.Select((m, i) => i < last ? m with { Learn = false } : m)] });
        }
    }

    private static RowTokens Masked(int[] ids, bool[] learned, IExampleEncoder encoder)
    {
        var count = 0;
        var ends = false;
        for (var t = 0; t < ids.Length; t++)
        {
            count += learned[t] ? 1 : 0;
            ends |= learned[t] && encoder.StopIds.Contains(ids[t]);
        }

        return new RowTokens(ids.Length, count, ends);
    }

    private static int Largest(int[] ids) => ids.Length > 0 ? ids.Max() : -1;

    private static bool Ends(int[] ids, IExampleEncoder encoder) => ids.Length > 0 && encoder.StopIds.Contains(ids[^1]);
}
