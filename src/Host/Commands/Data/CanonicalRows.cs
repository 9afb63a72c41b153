using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Writes rows in the forms that every stage reads.</summary>
internal static class CanonicalRows
{
    /// <summary>The kind of rows that a form is written from.</summary>
    /// <param name="form">The form; not <see cref="CanonicalForm.Auto"/>.</param>
    public static ExampleKind KindOf(CanonicalForm form) => form switch
    {
        CanonicalForm.Preference => ExampleKind.Preference,
        CanonicalForm.Prompt => ExampleKind.Prompt,
        CanonicalForm.Text => ExampleKind.Text,
        _ => ExampleKind.Conversation,
    };

    /// <summary>A row as JSON.</summary>
    /// <param name="row">The row.</param>
    /// <param name="form">How dialogues are written; other rows have one form.</param>
    /// <exception cref="MedicalGptException">The row has token ids only, or what the form cannot hold.</exception>
    public static JsonObject Write(Example row, CanonicalForm form) => row switch
    {
        PlainText text => new JsonObject { ["text"] = text.Text },
        PromptCompletion pair => Dialogue(new Conversation([new Message(Roles.User, pair.Prompt), new Message(Roles.Assistant, pair.Completion)]) { Origin = pair.Origin }, form),
        Conversation dialogue => Dialogue(dialogue, form),
        PreferencePair pair => Pair(pair),
        UnpairedExample unpaired => Unpaired(unpaired, form),
        Prompt prompt => Prompt(prompt),
        _ => throw new MedicalGptException("A row of token ids has no text to convert.") { Place = row.Origin.ToString(), Given = row.GetType().Name, Allowed = "rows of text" },
    };

    private static JsonObject Dialogue(Conversation dialogue, CanonicalForm form)
    {
        var json = form == CanonicalForm.Messages
            ? new JsonObject { ["messages"] = new JsonArray([.. dialogue.Messages.Select(OpenAi)]) }
            : new JsonObject { ["conversations"] = new JsonArray([.. dialogue.Messages.Select(message => ShareGpt(message, dialogue.Origin))]) };
        return WithTools(json, dialogue.ToolsJson);
    }

    private static JsonObject Pair(PreferencePair pair)
    {
        var json = new JsonObject { ["conversations"] = new JsonArray([.. pair.Prompt.Select(message => ShareGpt(message, pair.Origin))]), ["chosen"] = Answer(pair.Chosen), ["rejected"] = Answer(pair.Rejected) };
        if (pair.Margin is { } margin)
            json["margin"] = margin;
        return WithTools(json, pair.ToolsJson);
    }

    /// <summary>The dialogue with its answer, and whether that is a good one.</summary>
    private static JsonObject Unpaired(UnpairedExample unpaired, CanonicalForm form)
    {
        var json = Dialogue(new Conversation([.. unpaired.Prompt, .. unpaired.Completion]) { Origin = unpaired.Origin, ToolsJson = unpaired.ToolsJson }, form);
        json["label"] = unpaired.IsDesirable;
        return json;
    }

    /// <summary>Plain text as a string, turns with calls of tools as OpenAI's messages.</summary>
    private static JsonNode Answer(IReadOnlyList<Message> answer) =>
        answer is [{ ToolCallsJson: null, ReasoningContent: null } only] ? JsonValue.Create(only.Content) : new JsonArray([.. answer.Select(OpenAi)]);

    private static JsonObject Prompt(Prompt prompt)
    {
        var json = new JsonObject { ["prompt"] = new JsonArray([.. prompt.Messages.Select(OpenAi)]) };
        foreach (var (name, value) in prompt.Reference)
            json[name] = value;
        return WithTools(json, prompt.ToolsJson);
    }

    private static JsonObject WithTools(JsonObject json, string? tools)
    {
        if (tools is not null)
            json["tools"] = JsonNode.Parse(tools);
        return json;
    }

    private static JsonNode OpenAi(Message message)
    {
        var json = new JsonObject { ["role"] = message.Role, ["content"] = message.Content };
        if (message.ContentPartsJson is { } parts)
            json["content"] = JsonNode.Parse(parts);
        if (message.ReasoningContent is { } reasoning)
            json["reasoning_content"] = reasoning;
        if (message.ToolCallsJson is { } calls)
            json["tool_calls"] = JsonNode.Parse(calls);
        if (message.Name is { } name)
            json["name"] = name;
        if (message.ToolCallId is { } id)
            json["tool_call_id"] = id;
        if (message.Learn is { } learn)
            json["weight"] = learn ? 1 : 0;
        return json;
    }

    private static JsonObject ShareGpt(Message message, RowOrigin origin)
    {
        if (message.ReasoningContent is not null || message.ContentPartsJson is not null || message.ToolCallId is not null)
            throw new MedicalGptException("ShareGPT cannot hold a turn's reasoning, parts or call ids.") { Place = origin.ToString(), Remedy = "write --to messages" };
        var (from, value) = message switch
        {
            { ToolCallsJson: { } calls } => ("function_call", Call(calls, message, origin)),
            { Role: Roles.User } => ("human", message.Content),
            { Role: Roles.Assistant } => ("gpt", message.Content),
            { Role: Roles.Tool } => ("observation", message.Content),
            _ => (message.Role, message.Content),
        };
        var json = new JsonObject { ["from"] = from, ["value"] = value };
        if (message.Name is { } name)
            json["name"] = name;
        if (message.Learn is { } learn)
            json["weight"] = learn ? 1 : 0;
        return json;
    }

    private static string Call(string calls, Message message, RowOrigin origin)
    {
        if (!string.IsNullOrEmpty(message.Content))
            throw new MedicalGptException("ShareGPT cannot hold words beside a call in one turn.") { Place = origin.ToString(), Remedy = "write --to messages" };
        JsonNode[] written = [.. JsonNode.Parse(calls)!.AsArray().Select(call => Function((call!["function"] ?? call)!))];
        return (written.Length == 1 ? written[0] : new JsonArray(written)).ToJsonString(JsonText.Line);
    }

    private static JsonObject Function(JsonNode function)
    {
        var arguments = function["arguments"];
        if (arguments is JsonValue value && value.TryGetValue<string>(out var text))
            arguments = Parsed(text) ?? value;
        return new JsonObject { ["name"] = function["name"]?.DeepClone(), ["arguments"] = arguments?.DeepClone() };
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
