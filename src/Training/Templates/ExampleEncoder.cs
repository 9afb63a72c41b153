using MedicalGpt.Data;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>
/// Encodes rows with a tokenizer and its chat template. Special tokens written inside messages are ordinary text, so data cannot forge turns or ends.
/// An answer is encoded apart from the prompt before it: training sees the token boundary that generation has, so a dialogue is its prompt's tokens followed by its answer's.
/// </summary>
public sealed class ExampleEncoder : IExampleEncoder
{
    private readonly IChatTemplate? _template;
    private readonly StopTokens _stops;

    /// <summary>Creates an encoder.</summary>
    /// <param name="tokenizer">Tokenizer.</param>
    /// <param name="template">Chat template; null = dialogues are an error, plain text and token rows work.</param>
    /// <param name="stops">Special ids.</param>
    public ExampleEncoder(Tokenizer tokenizer, IChatTemplate? template, StopTokens stops)
    {
        Tokenizer = tokenizer;
        _template = template;
        _stops = stops;
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
    /// <param name="directory">Folder with tokenizer.json and, where there are, tokenizer_config.json and generation_config.json.</param>
    /// <param name="templateName">Name of a template that replaces the tokenizer's own; null = its own.</param>
    /// <returns>The encoder.</returns>
    /// <exception cref="MedicalGptException">A file is absent, damaged or needs what is not supported.</exception>
    public static ExampleEncoder Load(string directory, string? templateName = null)
    {
        var tokenizer = Tokenizer.Load(directory);
        var template = templateName is null ? ChatTemplates.Of(tokenizer.Config) : ChatTemplates.Named(templateName);
        return new ExampleEncoder(tokenizer, template, StopTokens.Of(tokenizer, template, directory));
    }

    /// <inheritdoc/>
    public int[] EncodeText(string text) => Tokenizer.Encode(text, allowSpecial: false);

    /// <inheritdoc/>
    public EncodedConversation EncodeConversation(Conversation conversation)
    {
        var chat = Place(conversation.Origin, () => Template.Render(conversation.Messages, conversation.ToolsJson, addGenerationPrompt: false));
        return EncodePieces(chat, new TextRange(0, chat.Text.Length));
    }

    /// <inheritdoc/>
    public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null)
    {
        var chat = Template.Render(messages, toolsJson, addGenerationPrompt: true);
        return EncodePieces(chat, new TextRange(0, chat.Text.Length)).Ids;
    }

    /// <inheritdoc/>
    public int[] EncodeAnswer(string answer) => [.. EncodeText(answer), Tokenizer.IdOf(Template.EndOfTurn)!.Value];

    /// <inheritdoc/>
    public EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null)
    {
        if (answer.Count == 0 || answer[0].Role != Roles.Assistant)
            throw new MedicalGptException("An answer does not begin with a turn of the assistant.") { Given = answer.Count == 0 ? "no turn" : $"a turn of {answer[0].Role}", Allowed = "an assistant turn, then tool results and further assistant turns" };
        var before = Template.Render(prompt, toolsJson, addGenerationPrompt: true).Text;
        var chat = Template.Render([.. prompt, .. answer], toolsJson, addGenerationPrompt: false);
        if (!chat.Text.StartsWith(before, StringComparison.Ordinal))
            throw new MedicalGptException("The chat template writes the prompt otherwise once an answer follows, so the answer's tokens cannot be told apart.") { Remedy = "name another template (--template_name)" };
        var end = chat.Learned.Where(l => l.End > before.Length).Select(l => l.End).DefaultIfEmpty(before.Length).Max();
        return EncodePieces(chat, new TextRange(before.Length, end));
    }

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids) => Tokenizer.Decode(ids, skipSpecial: true);

    /// <inheritdoc/>
    public string DecodeAll(IReadOnlyList<int> ids) => Tokenizer.Decode(ids, skipSpecial: false);

    /// <summary>The chat template.</summary>
    /// <exception cref="MedicalGptException">The tokenizer brings none and none was named.</exception>
    public IChatTemplate Template => _template
        ?? throw new MedicalGptException($"The tokenizer brings no chat_template, so dialogues cannot be encoded. Name one: --template_name {string.Join(" | ", ChatTemplates.Names)}.");

    private static RenderedChat Place(RowOrigin origin, Func<RenderedChat> render)
    {
        try
        {
            return render();
        }
        catch (MedicalGptException e) when (origin.Source is not null)
        {
            throw new MedicalGptException(e.Message, e) { Place = origin.ToString(), Given = e.Given, Allowed = e.Allowed, Remedy = e.Remedy };
        }
    }

    // What the assistant wrote and what it did not are encoded apart, so that no token stands for both.
    private EncodedConversation EncodePieces(RenderedChat chat, TextRange range)
    {
        var ids = new List<int>();
        var assistant = new List<bool>();
        var position = range.Start;
        foreach (var learned in chat.Learned.Where(l => l.End > range.Start && l.Start < range.End))
        {
            Append(new TextRange(position, Math.Max(position, learned.Start)), false);
            Append(new TextRange(Math.Max(position, learned.Start), Math.Min(range.End, learned.End)), true);
            position = Math.Min(range.End, learned.End);
        }

        Append(new TextRange(position, range.End), false);
        return new EncodedConversation([.. ids], [.. assistant]);

        void Append(TextRange piece, bool written)
        {
            var encoded = EncodeRange(chat, piece);
            ids.AddRange(encoded);
            assistant.AddRange(Enumerable.Repeat(written, encoded.Length));
        }
    }

    private int[] EncodeRange(RenderedChat chat, TextRange range)
    {
        var literal = chat.Content.Where(c => c.Start < range.End && range.Start < c.End)
            .Select(c => new TextRange(Math.Max(c.Start, range.Start) - range.Start, Math.Min(c.End, range.End) - range.Start)).ToList();
        return Tokenizer.Encode(chat.Text[range.Start..range.End], literal);
    }
}
