using MedicalGpt.Data;

namespace MedicalGpt.Training.DataChecks;

/// <summary>A row as checks see it.</summary>
/// <param name="Example">The row.</param>
/// <param name="Texts">Its texts; none for token ids.</param>
/// <param name="Tokens">Its tokens; null when no tokenizer was given.</param>
internal sealed record CheckedRow(Example Example, IReadOnlyList<RowText> Texts, RowTokens? Tokens)
{
    /// <summary>File and line.</summary>
    public RowOrigin Origin => Example.Origin;

    /// <summary>Characters of all texts.</summary>
    public int Characters { get; } = Texts.Sum(text => text.Text.Length);

    /// <summary>Takes a row apart.</summary>
    public static CheckedRow Of(Example example, IExampleEncoder? encoder) => new(example, [.. TextsOf(example)], encoder is null ? null : RowTokens.Of(example, encoder));

    private static IEnumerable<RowText> TextsOf(Example example) => example switch
    {
        PlainText row => [new("text", row.Text)],
        PromptCompletion row => [new("prompt", row.Prompt), new("completion", row.Completion)],
        Conversation row => Turns(row.Messages),
        PreferencePair row => Turns(row.Prompt).Append(new("chosen", row.ChosenText)).Append(new("rejected", row.RejectedText)),
        UnpairedExample row => Turns(row.Prompt).Append(new("completion", MessageText.Of(row.Completion))),
        Prompt row => Turns(row.Messages).Concat(row.Reference.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => new RowText(column.Key, column.Value))),
        _ => [],
    };

    private static IEnumerable<RowText> Turns(IReadOnlyList<Message> messages) => messages.Select((message, i) => new RowText($"turn {i + 1} ({message.Role})", message.Content + message.ReasoningContent + message.ToolCallsJson));
}
