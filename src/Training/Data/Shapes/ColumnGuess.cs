using MedicalGpt.Options;

namespace MedicalGpt.Training.Data;

/// <summary>Guesses which column of an unknown row was meant, for the error's remedy.</summary>
internal static class ColumnGuess
{
    private static readonly string[][] SameMeaning =
    [
        ["question", "query", "instruction", "prompt", "ask", "problem", "user", "human", "title", "问题", "提问"],
        ["answer", "response", "output", "completion", "reply", "solution", "gold", "target", "ground_truth", "assistant", "答案", "回答", "回复"],
        ["chosen", "response_chosen", "better", "preferred", "accepted", "win", "positive", "response_j"],
        ["rejected", "response_rejected", "worse", "dispreferred", "lose", "negative", "response_k"],
        ["text", "content", "document", "passage", "body", "article", "正文", "内容"],
        ["conversations", "messages", "conversation", "dialogue", "dialog", "turns", "chat", "items", "对话"],
        ["options", "choices", "option", "candidates", "选项"],
        ["label", "kto_tag", "is_desirable", "thumbs_up", "desirable"],
        ["input_ids", "tokens", "ids", "token_ids"],
        ["system", "system_prompt", "persona"],
    ];

    /// <summary>The nearest shape, what is missing for it, and the flags that would fill the gaps.</summary>
    public static string Remedy(DataRow row, IReadOnlyList<RowShape> shapes)
    {
        var nearest = shapes.Select(shape => (Shape: shape, Guesses: Guesses(row, shape))).MinBy(pair => Distance(row, pair.Shape, pair.Guesses));
        var missing = nearest.Shape.Fields.Where(field => !row.Has(field)).ToList();
        if (missing.Count == 0)
            return $"nearest is {nearest.Shape.Name}; its columns have other types than expected";
        var flags = string.Join(" ", missing.Select(field => $"--columns.{field}={nearest.Guesses.GetValueOrDefault(field) ?? (field == "text" ? Composed(row) : "COLUMN")}"));
        return $"nearest is {nearest.Shape.Name}, for which {string.Join(", ", missing.Select(field => $"\"{row.Column(field)}\""))} {(missing.Count > 1 ? "are" : "is")} missing; if another column holds that, say so: {row.Advice(flags)}";
    }

    // Text may be made of several columns.
    private static string Composed(DataRow row)
    {
        var texts = row.Keys.Where(key => row.IsText(key) && key.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.')).Take(3).ToList();
        return texts.Count == 0 ? "COLUMN" : $"'{string.Join(@"\n", texts.Select(key => $"{{{key}}}"))}'";
    }

    // A field that is there is best, then one whose column differs in capitals only, then one that another column may hold; of equal shapes the first; token ids are the last that is meant.
    private static double Distance(DataRow row, RowShape shape, Dictionary<string, string> guesses) =>
        shape.Fields.Sum(field => row.Has(field) ? -0.1 : !guesses.TryGetValue(field, out var guess) ? (field == "input_ids" ? 3.5 : 3) : guess.Equals(field, StringComparison.OrdinalIgnoreCase) ? 0.2 : 0.5);

    private static Dictionary<string, string> Guesses(DataRow row, RowShape shape)
    {
        var free = row.Keys.Where(key => !shape.Fields.Any(field => row.Column(field) == key)).ToList();
        var guesses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in shape.Fields.Where(field => !row.Has(field)))
        {
            if (Guess(field, free) is not { } column)
                continue;
            guesses[field] = column;
            free.Remove(column);
        }

        return guesses;
    }

    private static string? Guess(string field, List<string> free)
    {
        if (free.Find(key => key.Equals(field, StringComparison.OrdinalIgnoreCase)) is { } sameLetters)
            return sameLetters;
        var meaning = Array.Find(SameMeaning, names => names.Contains(field)) ?? [];
        return free.Find(key => meaning.Contains(key.ToLowerInvariant())) ?? OptionNames.Nearest(field, free);
    }
}
