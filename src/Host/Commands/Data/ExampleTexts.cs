using MedicalGpt.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>The words of a row.</summary>
internal static class ExampleTexts
{
    /// <summary>Every text of a row; none for token ids.</summary>
    /// <param name="example">The row.</param>
    /// <returns>Texts.</returns>
    public static IEnumerable<string> Of(Example example) => example switch
    {
        PlainText text => [text.Text],
        PromptCompletion row => [row.Prompt, row.Completion],
        Conversation row => row.Messages.Select(message => message.Content),
        PreferencePair row => [.. row.Prompt.Select(message => message.Content), row.ChosenText, row.RejectedText],
        UnpairedExample row => [.. row.Prompt.Select(message => message.Content), MessageText.Of(row.Completion)],
        Prompt row => row.Messages.Select(message => message.Content),
        _ => [],
    };
}
