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

    /// <summary>Masks a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with marks; the same where nothing was found.</returns>
    public static string Mask(string text)
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

    /// <summary>Masks every text of a row; token ids stay as they are.</summary>
    /// <param name="row">The row.</param>
    public static Example Mask(Example row) => row switch
    {
        PlainText text => text with { Text = Mask(text.Text) },
        PromptCompletion pair => pair with { Prompt = Mask(pair.Prompt), Completion = Mask(pair.Completion) },
        Conversation dialogue => dialogue with { Messages = Mask(dialogue.Messages) },
        PreferencePair pair => pair with { Prompt = Mask(pair.Prompt), Chosen = Mask(pair.Chosen), Rejected = Mask(pair.Rejected) },
        UnpairedExample unpaired => unpaired with { Prompt = Mask(unpaired.Prompt), Completion = Mask(unpaired.Completion) },
        Prompt prompt => prompt with { Messages = Mask(prompt.Messages), Reference = prompt.Reference.ToDictionary(column => column.Key, column => Mask(column.Value), StringComparer.Ordinal) },
        _ => row,
    };

    private static Message[] Mask(IReadOnlyList<Message> messages) => [.. messages.Select(message => message with
    {
        Content = Mask(message.Content),
        ToolCallsJson = message.ToolCallsJson is { } calls ? Mask(calls) : null,
        ReasoningContent = message.ReasoningContent is { } reasoning ? Mask(reasoning) : null,
        ContentPartsJson = message.ContentPartsJson is { } parts ? Mask(parts) : null,
        ExtraJson = message.ExtraJson is { } extra ? Mask(extra) : null,
    })];
}
