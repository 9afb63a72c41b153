using System.Text;

namespace MedicalGpt.Data;

/// <summary>
/// Checks that held-out prompts do not occur in training rows. Prompts are compared after normalisation: half-width, lower case, letters and digits only
/// (a decimal point between digits stays, so 6.1 is not 61). Against plain text, a prompt occurs where the text contains it.
/// </summary>
public static class PromptOverlap
{
    /// <summary>The held-out prompts that occur in training rows, as written, in order; empty when the split is clean.</summary>
    /// <param name="heldOut">Held-out rows; plain text and token ids have no prompt and are skipped.</param>
    /// <param name="training">Training rows of any kind.</param>
    public static IReadOnlyList<string> Find(IEnumerable<Example> heldOut, IEnumerable<Example> training)
    {
        var prompts = new HashSet<string>(StringComparer.Ordinal);
        var texts = new List<string>();
        foreach (var row in training)
        {
            if (row is PlainText plain)
                texts.Add(Normalise(plain.Text));
            else if (PromptOf(row) is { } prompt)
                prompts.Add(Normalise(prompt));
        }

        return [.. heldOut.Select(PromptOf).OfType<string>().Where(Occurs)];

        bool Occurs(string prompt)
        {
            var normal = Normalise(prompt);
            return prompts.Contains(normal) || texts.Exists(text => Contains(text, normal));
        }
    }

    /// <summary>The form in which prompts are compared.</summary>
    /// <param name="prompt">A prompt.</param>
    public static string Normalise(string prompt)
    {
        var text = HalfWidth.Fold(prompt).ToLowerInvariant();
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (char.IsLetterOrDigit(text[i]) || IsDecimalPoint(text, i))
                kept.Append(text[i]);
        return kept.ToString();
    }

    /// <summary>What is asked in a row: the dialogue before the first answer, where a greeting of the assistant before the question is no answer; null for text and token ids.</summary>
    /// <param name="row">The row.</param>
    public static string? PromptOf(Example row) => row switch
    {
        Conversation conversation => Join(Opening(conversation.Messages)),
        PreferencePair pair => Join(pair.Prompt),
        UnpairedExample unpaired => Join(unpaired.Prompt),
        Prompt prompt => Join(prompt.Messages),
        PromptCompletion completion => completion.Prompt,
        _ => null,
    };

    /// <summary>Whether a text contains a prompt, not from within a number: "0.2 L" does not contain "2 L".</summary>
    private static bool Contains(string text, string prompt)
    {
        for (var at = text.IndexOf(prompt, StringComparison.Ordinal); prompt.Length > 0 && at >= 0; at = text.IndexOf(prompt, at + 1, StringComparison.Ordinal))
            if (at == 0 || !IsNumeric(prompt[0]) || !IsNumeric(text[at - 1]))
                return true;
        return false;
    }

    private static bool IsNumeric(char character) => char.IsDigit(character) || character == '.';

    private static IEnumerable<Message> Opening(IReadOnlyList<Message> messages)
    {
        var question = messages.TakeWhile(message => message.Role != Roles.User).Count();
        return messages.TakeWhile((message, i) => message.Role != Roles.Assistant || (i < question && question < messages.Count));
    }

    private static string Join(IEnumerable<Message> messages) => string.Join('\n', messages.Select(message => message.Content));

    private static bool IsDecimalPoint(string text, int i) =>
        text[i] == '.' && i > 0 && i + 1 < text.Length && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]);
}
