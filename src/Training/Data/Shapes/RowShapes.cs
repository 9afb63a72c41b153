using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>The shapes that rows of each kind may have, in the order in which they are tried.</summary>
internal static class RowShapes
{
    /// <summary>The shapes of a kind.</summary>
    public static IReadOnlyList<RowShape> For(ExampleKind kind) => kind switch
    {
        ExampleKind.Text => TextShapes.All,
        ExampleKind.Conversation => ConversationShapes.All,
        ExampleKind.Preference => PreferenceShapes.All,
        ExampleKind.Unpaired => UnpairedShapes.All,
        _ => PromptShapes.All,
    };

    /// <summary>The shape of a row.</summary>
    /// <exception cref="MedicalGptException">It has none that the kind allows.</exception>
    public static RowShape Detect(DataRow row, ExampleKind kind)
    {
        var shapes = For(kind);
        foreach (var shape in shapes)
            if (shape.Matches(row))
                return shape.Refusal is null ? shape : throw Refused(row, shape, kind);
        var known = shapes.Where(shape => shape.Refusal is null).ToList();
        throw new MedicalGptException($"The row is no {Noun(kind)} row.")
        {
            Place = row.Origin.ToString(),
            Given = row.Keys.Any() ? $"the columns {string.Join(", ", row.Keys.Order(StringComparer.Ordinal))}" : "no columns",
            Allowed = string.Join("; ", known.DistinctBy(shape => shape.Name).Select(shape => $"{shape.Name} ({string.Join(", ", shape.Fields)})")),
            Remedy = ColumnGuess.Remedy(row, known),
        };
    }

    private static MedicalGptException Refused(DataRow row, RowShape shape, ExampleKind kind) => new($"The row is no {Noun(kind)} row but {(shape.Name == "unpaired" ? "an unpaired one" : shape.Name)}.")
    {
        Place = row.Origin.ToString(),
        Given = $"the columns {string.Join(", ", row.Keys.Order(StringComparer.Ordinal))}",
        Remedy = shape.Refusal,
    };

    private static string Noun(ExampleKind kind) => kind switch
    {
        ExampleKind.Text => "text",
        ExampleKind.Conversation => "dialogue",
        ExampleKind.Preference => "preference",
        ExampleKind.Unpaired => "unpaired preference",
        _ => "prompt",
    };
}
