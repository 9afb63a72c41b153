using MedicalGpt.Data;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>
/// Encodes rows with a tokenizer and its chat template. Special tokens written inside messages are ordinary text, so data cannot forge turns or ends.
/// An answer is encoded apart from the prompt before it: training sees the token boundary that generation has, so a dialogue is its prompt's tokens followed by its answer's.
/// </summary>
public sealed class ExampleEncoder : IExampleEncoder, ITemplateOmissions
{
    private readonly Lock _omittedLock = new();
    private readonly SortedSet<string> _omitted = new(StringComparer.Ordinal);
    private readonly IChatTemplate? _template;
    private readonly StopTokens _stops;
    private readonly AnswerEnd _end;
    private readonly PieceEncoder _pieces;

    /// <summary>Creates an encoder.</summary>
    /// <param name="tokenizer">Tokenizer.</param>
    /// <param name="template">Chat template; null = dialogues are an error, plain text and token rows work.</param>
    /// <param name="directory">The model's folder, whose generation_config.json names stop tokens; null = none.</param>
    /// <exception cref="MedicalGptException">Nothing names an end-of-sequence token.</exception>
    public ExampleEncoder(Tokenizer tokenizer, IChatTemplate? template, string? directory)
    {
        Tokenizer = tokenizer;
        _template = template;
        _end = AnswerEnd.Of(template, tokenizer);
        _stops = StopTokens.Of(tokenizer, _end, directory);
        _pieces = new PieceEncoder(tokenizer);
    }

    /// <summary>The tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> StopIds => _stops.StopIds;

    /// <inheritdoc/>
    public int EndOfTextId => _stops.EndOfTextId;

    /// <inheritdoc/>
    public int PadId => _stops.PadId;

    /// <summary>Reads tokenizer, template and stop tokens of a model's folder.</summary>
    /// <param name="directory">Folder with tokenizer.json and, where there are, tokenizer_config.json, chat_template.jinja and generation_config.json.</param>
    /// <param name="template">Which chat template; null = the tokenizer's own.</param>
    /// <returns>The encoder.</returns>
    /// <exception cref="MedicalGptException">A file is absent, damaged or needs what is not supported.</exception>
    public static ExampleEncoder Load(string directory, ChatTemplateOptions? template = null)
    {
        var tokenizer = Tokenizer.Load(directory);
        return new ExampleEncoder(tokenizer, ChatTemplates.For(tokenizer, template ?? new ChatTemplateOptions()), directory);
    }

    /// <inheritdoc/>
    public int[] EncodeText(string text) => Tokenizer.Encode(text, allowSpecial: false);

    /// <inheritdoc/>
    public EncodedConversation EncodeConversation(Conversation conversation) => RowErrors.At(conversation.Origin, () =>
    {
        var chat = Template.Render(conversation.Messages, conversation.ToolsJson, addGenerationPrompt: false);
        NoteOmissions(chat, conversation.Messages, conversation.ToolsJson, answersFrom: 0);
        return Encode(chat, new TextRange(0, chat.Text.Length), Spans.Of(chat, conversation.Messages, conversation.ToolsJson, strict: true));
    });

    /// <inheritdoc/>
    public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null)
    {
        var chat = Template.Render(messages, toolsJson, addGenerationPrompt: true);
        NoteOmissions(chat, messages, toolsJson, answersFrom: messages.Count);
        return Encode(chat, new TextRange(0, chat.Text.Length), Spans.Of(chat, messages, toolsJson, strict: false)).Ids;
    }

    /// <inheritdoc/>
    public int[] EncodeAnswer(string answer)
    {
        Message[] prompt = [new(Roles.User, "?")];
        try
        {
            return EncodeContinuation(prompt, [new(Roles.Assistant, answer)]).Ids;
        }
        catch (MedicalGptException) when (_template is not null)
        {
            return [.. EncodeText(answer), _end.Id ?? EndOfTextId]; // the template has no such dialogue; the answer is what a model writes behind a prompt
        }
    }

    /// <inheritdoc/>
    public EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null)
    {
        if (answer.Count == 0 || answer[0].Role != Roles.Assistant)
            throw new MedicalGptException("An answer does not begin with a turn of the assistant.") { Given = answer.Count == 0 ? "no turn" : $"a turn of {answer[0].Role}", Allowed = "an assistant turn, then tool results and further assistant turns" };
        Message[] messages = [.. prompt, .. answer];
        var before = Template.Render(prompt, toolsJson, addGenerationPrompt: true).Text;
        var chat = Template.Render(messages, toolsJson, addGenerationPrompt: false);
        if (!chat.Text.StartsWith(before, StringComparison.Ordinal))
        {
            throw new MedicalGptException("The chat template writes the prompt otherwise once an answer follows, so the answer's tokens cannot be told apart.")
            {
                Place = Template.Source,
                Remedy = "set the template's variables so that both agree (--template_kwargs), or name another template (--template_name)",
            };
        }

        NoteOmissions(chat, messages, toolsJson, answersFrom: prompt.Count);
        var spans = Spans.Of(chat, messages, toolsJson, strict: true).Where(s => s.Range.End > before.Length).ToList();
        return Encode(chat, new TextRange(before.Length, spans.Count == 0 ? before.Length : spans[^1].Range.End), spans);
    }

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids) => Tokenizer.Decode(ids, skipSpecial: true);

    /// <inheritdoc/>
    public string DecodeAll(IReadOnlyList<int> ids) => Tokenizer.Decode(ids, skipSpecial: false);

    /// <summary>The chat template.</summary>
    /// <exception cref="MedicalGptException">The tokenizer brings none and none was named.</exception>
    public IChatTemplate Template => _template
        ?? throw new MedicalGptException("The tokenizer brings no chat_template, so dialogues cannot be encoded.") { Remedy = $"name one: --template_name {string.Join(" | ", ChatTemplates.Names)}" };

    /// <summary>What the chat template takes from the clock (<see cref="JinjaChatTemplate.TimeKey"/>); "" = nothing.</summary>
    /// <param name="time">The clock.</param>
    public string TimeKey(TimeProvider time) => (_template as JinjaChatTemplate)?.TimeKey(time) ?? "";

    /// <inheritdoc/>
    IReadOnlyList<string> ITemplateOmissions.TakeOmissions()
    {
        lock (_omittedLock)
        {
            string[] taken = [.. _omitted];
            _omitted.Clear();
            return taken;
        }
    }

    private void NoteOmissions(RenderedChat chat, IReadOnlyList<Message> messages, string? toolsJson, int answersFrom)
    {
        foreach (var omission in TemplateOmissions.Of(chat, messages, toolsJson, answersFrom))
            lock (_omittedLock)
                _omitted.Add(omission);
    }

    private TurnSpans Spans => new(Template, _end);

    // Where a template writes no end-of-turn token, the tokenizer's end of sequence closes every answer.
    private EncodedConversation Encode(RenderedChat chat, TextRange range, IReadOnlyList<TurnSpan> spans)
    {
        var ids = new List<int>();
        var learned = new List<bool>();
        var position = range.Start;
        foreach (var span in spans)
        {
            var (start, end) = (Math.Max(position, span.Range.Start), Math.Min(range.End, span.Range.End));
            if (end <= start)
                continue;
            Append(_pieces.Encode(chat, new TextRange(position, start)), false);
            Append(_pieces.Encode(chat, new TextRange(start, end)), span.Learned);
            if (_end.Id is null)
                Append([EndOfTextId], span.Learned);
            position = end;
        }

        Append(_pieces.Encode(chat, new TextRange(position, range.End)), false);
        return new EncodedConversation([.. ids], [.. learned]);

        void Append(int[] piece, bool written)
        {
            ids.AddRange(piece);
            learned.AddRange(Enumerable.Repeat(written, piece.Length));
        }
    }
}
