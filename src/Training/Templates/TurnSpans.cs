using MedicalGpt.Data;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>
/// Finds what the assistant wrote in a rendered dialogue. A template with generation blocks says it itself (what of a block the generation prompt writes already, or what follows the end-of-turn token, is not the assistant's). For others, a turn begins where the rendering of the turns before it, with the generation prompt, ends
/// (the dialogue must begin with that text), and ends behind the end-of-turn token that follows its last words.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="end">Its end-of-turn token.</param>
internal sealed class TurnSpans(IChatTemplate template, AnswerEnd end)
{
    /// <summary>The spans of a dialogue in order.</summary>
    /// <param name="chat">The dialogue, rendered without a generation prompt or with one.</param>
    /// <param name="messages">Its turns.</param>
    /// <param name="toolsJson">Its tools.</param>
    /// <param name="strict">Whether a learned turn without a stable beginning is an error.</param>
    /// <exception cref="MedicalGptException">A learned turn's beginning cannot be told.</exception>
    public IReadOnlyList<TurnSpan> Of(RenderedChat chat, IReadOnlyList<Message> messages, string? toolsJson, bool strict)
    {
        var spans = chat.Generated.Count > 0 ? Marked(chat, messages, toolsJson, strict) : [.. Enumerable.Range(0, messages.Count).Where(i => messages[i].Role == Roles.Assistant).Select(i => Turn(chat, messages, i, toolsJson, strict)).OfType<TurnSpan>()];
        for (var i = 0; i < messages.Count; i++)
            if (messages[i] is { Learn: true } message && message.Role != Roles.Assistant && Words(chat, i) is { } words)
                spans.Add(new TurnSpan(words with { End = BehindEnd(chat, words.End, i) ?? words.End }, i, true));
        return Ordered(spans);
    }

    private List<TurnSpan> Marked(RenderedChat chat, IReadOnlyList<Message> messages, string? toolsJson, bool strict)
    {
        var spans = new List<TurnSpan>();
        var last = -1;
        foreach (var range in chat.Generated)
        {
            var inside = chat.Content.FirstOrDefault(c => c.Start < range.End && range.Start < c.End && c.Message >= 0 && messages[c.Message].Role == Roles.Assistant, new ContentRange(0, 0, -1)).Message;
            var message = inside >= 0 ? inside : Enumerable.Range(last + 1, messages.Count - last - 1).FirstOrDefault(i => messages[i].Role == Roles.Assistant, last);
            var start = message > 0 && message != last && Begin(chat, messages, message, toolsJson) is { } begin && begin > range.Start && begin < range.End ? begin : range.Start;
            var closed = end.Token is { } token && chat.Text.AsSpan(range.End).StartsWith(token, StringComparison.Ordinal) && !IsContent(chat, range.End) ? range.End + token.Length : range.End;
            closed = Inside(chat, start, closed) ?? closed;
            var learned = message < 0 || (messages[message].Learn ?? true);
            if (learned && strict)
                RequireOne(chat, messages, range, message);
            spans.Add(new TurnSpan(new TextRange(start, closed), Math.Max(message, 0), learned));
            last = message;
        }

        return spans;
    }

    // A block around what is not the assistant's, or around a turn that is not learned beside one that is, would teach the wrong words.
    private void RequireOne(RenderedChat chat, IReadOnlyList<Message> messages, TextRange block, int learned)
    {
        foreach (var range in chat.Content.Where(c => c.Start < c.End && c.Start < block.End && block.Start < c.End))
        {
            if (range.Message == learned || (range.Message >= 0 && messages[range.Message] is { Role: Roles.Assistant } turn && (turn.Learn ?? true)))
                continue;
            throw new MedicalGptException("The chat template marks as generated what the assistant did not say, or what is not to be learned.")
            {
                Place = template.Source,
                Given = $"a {{% generation %}} block around \"{Part(chat.Text, range.Start + 20)}\" of {(range.Message < 0 ? "the tools" : $"message {range.Message + 1} ({messages[range.Message].Role})")}",
                Allowed = "a block around each turn of the assistant",
                Remedy = "mend the template, or name another one (--template_name)",
            };
        }
    }

    // Behind the end-of-turn token within a block, where the block goes on behind it.
    private int? Inside(RenderedChat chat, int start, int stop)
    {
        if (end.Token is not { } token)
            return null;
        var from = Math.Max(start, chat.Content.LastOrDefault(c => c.Start < stop && c.End > start).End);
        var at = from < stop ? chat.Text.IndexOf(token, from, stop - from, StringComparison.Ordinal) : -1;
        return at < 0 ? null : at + token.Length;
    }

    private TurnSpan? Turn(RenderedChat chat, IReadOnlyList<Message> messages, int index, string? toolsJson, bool strict)
    {
        var learned = messages[index].Learn ?? true;
        var words = Words(chat, index);
        if (Begin(chat, messages, index, toolsJson) is not { } start)
            return learned && strict ? throw Unstable(chat, messages, index, toolsJson) : null;
        var from = Math.Max(words?.End ?? start, start);
        return new TurnSpan(new TextRange(start, BehindEnd(chat, from, index) ?? Closers(chat, messages, index, toolsJson, from)), index, learned);
    }

    private int? Begin(RenderedChat chat, IReadOnlyList<Message> messages, int index, string? toolsJson)
    {
        if (index == 0)
            return Words(chat, 0)?.Start;
        var before = template.Render([.. messages.Take(index)], toolsJson, addGenerationPrompt: true).Text;
        return chat.Text.StartsWith(before, StringComparison.Ordinal) ? before.Length : null;
    }

    // Behind the first end-of-turn token of the template's own text that follows a turn's words, before the next turn's.
    private int? BehindEnd(RenderedChat chat, int from, int index)
    {
        if (end.Token is not { } token)
            return null;
        var next = chat.Content.FirstOrDefault(c => c.Start >= from && c.Message > index, new ContentRange(chat.Text.Length, chat.Text.Length, 0)).Start;
        var at = chat.Text.IndexOf(token, from, next - from, StringComparison.Ordinal);
        return at < 0 ? null : at + token.Length;
    }

    // What closes a turn's words (the bracket of a tool call) where no token ends it: what stands behind them also when the dialogue ends there.
    private int Closers(RenderedChat chat, IReadOnlyList<Message> messages, int index, string? toolsJson, int from)
    {
        if (messages[index].ToolCallsJson is null)
            return from;
        var alone = template.Render([.. messages.Take(index + 1)], toolsJson, addGenerationPrompt: false);
        return alone.Text.Length >= from && Words(alone, index)?.End == from ? from + chat.Text.AsSpan(from).CommonPrefixLength(alone.Text.AsSpan(from)) : from;
    }

    private static TextRange? Words(RenderedChat chat, int message)
    {
        TextRange? words = null;
        foreach (var range in chat.Content)
            if (range.Message == message)
                words = new TextRange(words?.Start ?? range.Start, range.End);
        return words;
    }

    private static bool IsContent(RenderedChat chat, int position) => chat.Content.Any(c => c.Start <= position && position < c.End);

    private static List<TurnSpan> Ordered(List<TurnSpan> spans)
    {
        var ordered = new List<TurnSpan>(spans.Count);
        foreach (var span in spans.OrderBy(s => s.Range.Start))
        {
            var start = Math.Max(span.Range.Start, ordered.Count > 0 ? ordered[^1].Range.End : 0);
            if (start < span.Range.End)
                ordered.Add(span with { Range = span.Range with { Start = start } });
        }

        return ordered;
    }

    private MedicalGptException Unstable(RenderedChat chat, IReadOnlyList<Message> messages, int index, string? toolsJson)
    {
        var before = template.Render([.. messages.Take(index)], toolsJson, addGenerationPrompt: true).Text;
        var at = chat.Text.AsSpan().CommonPrefixLength(before);
        return new MedicalGptException($"The chat template does not tell what the assistant wrote in message {index + 1}: it writes the turns before it otherwise when the answer is there.")
        {
            Place = template.Source,
            Given = $"as a prompt \"{Part(before, at)}\", in the dialogue \"{Part(chat.Text, at)}\"",
            Allowed = "a template that writes the same text before an answer with and without it, or one with {% generation %} blocks",
            Remedy = $"{(messages.Skip(index + 1).Any(message => message.Role == Roles.Assistant) ? "learn the last answer only (--train_on last_assistant), " : "")}set the template's variables so that both agree (--template_kwargs), or name another template (--template_name)",
        };
    }

    private static string Part(string text, int at) => text.Substring(Math.Max(0, at - 20), Math.Min(60, text.Length - Math.Max(0, at - 20))).Replace("\n", "\\n", StringComparison.Ordinal);
}
