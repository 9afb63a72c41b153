using MedicalGpt.Data;

namespace MedicalGpt.Training.Templates;

/// <summary>
/// ChatML: <c>&lt;|im_start|&gt;role\ncontent&lt;|im_end|&gt;\n</c>. With tools it is Qwen2.5's dialect: schemas in the system turn, calls in <c>&lt;tool_call&gt;</c>, results in a user turn.
/// The assistant writes its content and <c>&lt;|im_end|&gt;</c>; the line end after it is the template's.
/// </summary>
public sealed class ChatMlTemplate : IChatTemplate
{
    private const string Start = "<|im_start|>";
    private const string End = "<|im_end|>";

    /// <summary>The Jinja text of plain ChatML, which goes into tokenizers that we train.</summary>
    public const string PlainText =
        "{%- for message in messages %}{{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{%- endfor %}" +
        "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";

    /// <summary>The system turn of dialogues that bring none; null = such dialogues have none.</summary>
    public string? DefaultSystem { get; init; }

    /// <summary>Whether dialogues may have tools.</summary>
    public bool SupportsTools { get; init; }

    /// <inheritdoc/>
    public string EndOfTurn => End;

    /// <inheritdoc/>
    public RenderedChat Render(IReadOnlyList<Message> messages, string? toolsJson, bool addGenerationPrompt)
    {
        if (messages.Count == 0)
            throw new MedicalGptException("A dialogue without messages cannot be rendered; give at least one message.");
        var text = new ChatTextBuilder();
        var given = messages[0].Role == Roles.System;
        if (ChatMlTools.Schemas(toolsJson) is { Count: > 0 } tools)
        {
            RequireTools("tools");
            text.Template($"{Start}system\n").Content(given ? messages[0].Content : DefaultSystem ?? "");
            ChatMlTools.WriteSchemas(tools, text);
            text.Template($"{End}\n");
        }
        else if (given || DefaultSystem is not null)
        {
            WriteTurn(text, new Message(Roles.System, given ? messages[0].Content : DefaultSystem!) { Learn = given ? messages[0].Learn : null });
        }

        for (var i = given ? 1 : 0; i < messages.Count; i++)
            WriteMessage(text, messages, i);
        if (addGenerationPrompt)
            text.Template($"{Start}assistant\n");
        return text.Build();
    }

    private void WriteMessage(ChatTextBuilder text, IReadOnlyList<Message> messages, int index)
    {
        var message = messages[index];
        switch (message.Role)
        {
            case Roles.Assistant when message.ToolCallsJson is not null:
                RequireTools("tool calls");
                WriteCalls(text, message);
                break;
            case Roles.System or Roles.User or Roles.Assistant:
                WriteTurn(text, message);
                break;
            case Roles.Tool:
                RequireTools("tool results");
                WriteResult(text, message, opens: index == 0 || messages[index - 1].Role != Roles.Tool, closes: index == messages.Count - 1 || messages[index + 1].Role != Roles.Tool);
                break;
            default:
                throw new MedicalGptException($"Message {index + 1} has the role \"{message.Role}\"; ChatML knows system, user, assistant and tool.");
        }
    }

    private static void WriteTurn(ChatTextBuilder text, Message message)
    {
        text.Template($"{Start}{message.Role}\n");
        var start = text.Position;
        text.Content(message.Content).Template(End);
        LearnIfAsked(text, message, start);
    }

    private static void WriteCalls(ChatTextBuilder text, Message message)
    {
        text.Template($"{Start}{message.Role}\n");
        var start = text.Position;
        text.Content(message.Content);
        ChatMlTools.WriteCalls(message.ToolCallsJson!, message.Content.Length > 0, text);
        text.Template(End);
        LearnIfAsked(text, message, start);
    }

    private static void LearnIfAsked(ChatTextBuilder text, Message message, int start)
    {
        if (message.Learn ?? (message.Role == Roles.Assistant))
            text.LearnFrom(start);
        text.Template("\n");
    }

    private static void WriteResult(ChatTextBuilder text, Message message, bool opens, bool closes)
    {
        if (opens)
            text.Template($"{Start}user");
        text.Template("\n<tool_response>\n").Content(message.Content).Template("\n</tool_response>");
        if (closes)
            text.Template($"{End}\n");
    }

    private void RequireTools(string what)
    {
        if (!SupportsTools)
            throw new MedicalGptException($"The dialogue has {what}, which this model's chat template (plain ChatML) has no place for. Use a tokenizer with Qwen2.5's template, or leave rows with tools out.");
    }
}
