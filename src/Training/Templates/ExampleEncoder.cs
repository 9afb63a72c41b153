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
        var ids = new List<int>();
        var assistant = new List<bool>();
        var position = 0;
        foreach (var learned in chat.Learned)
        {
            Append(new TextRange(position, learned.Start), false);
            Append(learned, true);
            position = learned.End;
        }

        Append(new TextRange(position, chat.Text.Length), false);
        return new EncodedConversation([.. ids], [.. assistant]);

        void Append(TextRange range, bool written)
        {
            var piece = EncodeRange(chat, range);
            ids.AddRange(piece);
            assistant.AddRange(Enumerable.Repeat(written, piece.Length));
        }
    }

    /// <inheritdoc/>
    public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null)
    {
        var chat = Template.Render(messages, toolsJson, addGenerationPrompt: true);
        var ids = new List<int>();
        var position = 0;
        foreach (var learned in chat.Learned)
        {
            ids.AddRange(EncodeRange(chat, new TextRange(position, learned.Start)));
            ids.AddRange(EncodeRange(chat, learned));
            position = learned.End;
        }

        ids.AddRange(EncodeRange(chat, new TextRange(position, chat.Text.Length)));
        return [.. ids];
    }

    /// <inheritdoc/>
    public int[] EncodeAnswer(string answer) => [.. EncodeText(answer), Tokenizer.IdOf(Template.EndOfTurn)!.Value];

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids) => Tokenizer.Decode(ids, skipSpecial: true);

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

    private int[] EncodeRange(RenderedChat chat, TextRange range)
    {
        var literal = chat.Content.Where(c => c.Start < range.End && range.Start < c.End)
            .Select(c => new TextRange(Math.Max(c.Start, range.Start) - range.Start, Math.Min(c.End, range.End) - range.Start)).ToList();
        return Tokenizer.Encode(chat.Text[range.Start..range.End], literal);
    }
}
