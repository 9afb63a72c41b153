using MedicalGpt.Data;

namespace MedicalGpt.Training.Preferences;

/// <summary>Encodes preference pairs the same way for reward models, DPO, ORPO and their kin.</summary>
public static class PreferenceEncoder
{
    /// <summary>Encodes a pair. One that is too long is dropped unless a rule says otherwise: a cut answer loses its end token, and a reward model would score a torso.</summary>
    /// <param name="example">A <see cref="PreferencePair"/> or <see cref="TokenizedPair"/>.</param>
    /// <param name="encoder">Template and tokenizer.</param>
    /// <param name="maxTokens">Most tokens of prompt + answer.</param>
    /// <param name="learnPrompt">The prompt's tokens are targets too (ORPO with <c>nll_scope full</c>).</param>
    /// <param name="truncation">What becomes of a pair that is too long.</param>
    /// <returns>The row or why it is dropped.</returns>
    /// <exception cref="MedicalGptException">The row is of another kind.</exception>
    public static EncodeResult Encode(Example example, IExampleEncoder encoder, int maxTokens, bool learnPrompt = false, PairTruncation truncation = PairTruncation.DropPair)
    {
        var (prompt, better, worse, margin) = Encode(example, encoder);
        var (chosen, rejected) = (better.Ids, worse.Ids);
        if (chosen.Length == 0 || rejected.Length == 0)
            return EncodeResult.Drop("empty answer");
        if (chosen.AsSpan().SequenceEqual(rejected))
            return EncodeResult.Drop("chosen and rejected answer are the same");
        RowCut? cut = null;
        var longer = Math.Max(chosen.Length, rejected.Length);
        if (prompt.Length + longer > maxTokens)
        {
            switch (truncation)
            {
                case PairTruncation.KeepPromptEnd when longer < maxTokens:
                    prompt = prompt[^(maxTokens - longer)..];
                    cut = new RowCut("beginning of the prompt cut", LosesEnd: false);
                    break;
                case PairTruncation.CutAnswers when prompt.Length < maxTokens:
                    var room = maxTokens - prompt.Length;
                    (better, worse) = (Begin(better, room), Begin(worse, room));
                    cut = new RowCut("end of an answer cut", LosesEnd: true);
                    if (better.Ids.AsSpan().SequenceEqual(worse.Ids))
                        return EncodeResult.Drop("chosen and rejected answer are the same within the length limit");
                    break;
                default:
                    return EncodeResult.Drop($"prompt and answer longer than max_source_length + max_target_length ({maxTokens} tokens)");
            }
        }

        List<Segment> segments = prompt.Length == 0
            ? [WithoutFirst(better), WithoutFirst(worse)]
            : [learnPrompt ? WithoutFirst(All(prompt)) : new Segment(prompt), Answer(better), Answer(worse)];
        var row = new PreferenceRow(segments) { Source = example, Margin = margin ?? 0 };
        return row.Segments[row.Chosen].Learned!.Any(l => l) && row.Segments[row.Rejected].Learned!.Any(l => l)
            ? EncodeResult.Keep(row, cut)
            : EncodeResult.Drop("answer of one token without a prompt");
    }

    private static (int[] Prompt, EncodedConversation Chosen, EncodedConversation Rejected, double? Margin) Encode(Example example, IExampleEncoder encoder) => example switch
    {
        TokenizedPair pair => (pair.PromptIds, All(pair.ChosenIds), All(pair.RejectedIds), pair.Margin),
        PreferencePair pair => (
            encoder.EncodePrompt(pair.Prompt, pair.ToolsJson),
            encoder.EncodeContinuation(pair.Prompt, pair.Chosen, pair.ToolsJson),
            encoder.EncodeContinuation(pair.Prompt, pair.Rejected, pair.ToolsJson),
            pair.Margin),
        _ => throw new MedicalGptException($"{example.Origin}: a preference pair is needed (prompt, chosen, rejected), this row is a {example.GetType().Name}; name the columns of your data with --columns"),
    };

    private static EncodedConversation Begin(EncodedConversation answer, int room) =>
        answer.Ids.Length <= room ? answer : new EncodedConversation(answer.Ids[..room], answer.Assistant[..room]);

    private static EncodedConversation All(int[] ids)
    {
        var all = new bool[ids.Length];
        Array.Fill(all, true);
        return new EncodedConversation(ids, all);
    }

    /// <summary>What tools returned between the turns of an answer is read, not learned.</summary>
    private static Segment Answer(EncodedConversation answer) => new(answer.Ids) { Parent = 0, Learned = answer.Assistant };

    private static Segment WithoutFirst(EncodedConversation tokens) =>
        new(tokens.Ids) { Learned = [.. tokens.Assistant.Select((assistant, i) => assistant && i > 0)] };
}
