using System.Text;
using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>Replaces likely personal data by marks such as <c>[PHONE]</c>.</summary>
public static class PersonalDataMask
{
    /// <summary>The mark of a kind.</summary>
    /// <param name="kind">What it stands for.</param>
    public static string MarkOf(PersonalDataKind kind) => kind switch
    {
        PersonalDataKind.ChineseId => "[ID NUMBER]",
        PersonalDataKind.Phone => "[PHONE]",
        PersonalDataKind.Email => "[EMAIL]",
        PersonalDataKind.RecordNumber => "[RECORD NUMBER]",
        _ => "[SSN]",
    };

    /// <summary>Masks a text. One that is a JSON object or list, such as the result of a tool, is masked value by value and stays JSON.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with marks; the same where nothing was found.</returns>
    public static string Mask(string text) => Mask(text, keepsNames: false);

    /// <summary>Masks a text; names of members of JSON stay where they belong to a form.</summary>
    internal static string Mask(string text, bool keepsNames) => new PersonalDataJson(keepsNames).Mask(text) ?? MaskPlain(text);

    /// <summary>Masks a text as it is written.</summary>
    internal static string MaskPlain(string text)
    {
        var found = PersonalDataScanner.Find(text);
        if (found.Count == 0)
            return text;
        var masked = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in found)
        {
            masked.Append(text, position, span.Start - position).Append(MarkOf(span.Kind));
            position = span.End;
        }

        return masked.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>Masks every text of a row; token ids stay as they are, and so do the ids of calls, by which results of tools name their call.</summary>
    /// <param name="row">The row.</param>
    public static Example Mask(Example row) => row switch
    {
        PlainText text => text with { Text = Mask(text.Text) },
        PromptCompletion pair => pair with { Prompt = Mask(pair.Prompt), Completion = Mask(pair.Completion) },
        Conversation dialogue => dialogue with { Messages = Mask(dialogue.Messages), ToolsJson = Form(dialogue.ToolsJson) },
        PreferencePair pair => pair with { Prompt = Mask(pair.Prompt), Chosen = Mask(pair.Chosen), Rejected = Mask(pair.Rejected), ToolsJson = Form(pair.ToolsJson) },
        UnpairedExample unpaired => unpaired with { Prompt = Mask(unpaired.Prompt), Completion = Mask(unpaired.Completion), ToolsJson = Form(unpaired.ToolsJson) },
        Prompt prompt => prompt with { Messages = Mask(prompt.Messages), Reference = prompt.Reference.ToDictionary(column => column.Key, column => Mask(column.Value), StringComparer.Ordinal), ToolsJson = Form(prompt.ToolsJson) },
        _ => row,
    };

    private static Message[] Mask(IReadOnlyList<Message> messages) => [.. messages.Select(message => message with
    {
        Content = Mask(message.Content),
        ToolCallsJson = Form(message.ToolCallsJson, keepsCallIds: true),
        ReasoningContent = message.ReasoningContent is { } reasoning ? Mask(reasoning) : null,
        Name = message.Name is { } name ? Mask(name) : null,
        ContentPartsJson = Form(message.ContentPartsJson),
        ExtraJson = Form(message.ExtraJson),
    })];

    private static string? Form(string? json, bool keepsCallIds = false) => json is null ? null : new PersonalDataJson(keepsNames: true) { KeepsCallIds = keepsCallIds }.Mask(json) ?? Mask(json);
}
