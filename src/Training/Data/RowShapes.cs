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
        _ => PromptShapes.All,
    };

    /// <summary>The shape of a row.</summary>
    /// <exception cref="MedicalGptException">It has none that the kind allows.</exception>
    public static RowShape Detect(DataRow row, ExampleKind kind)
    {
        var shapes = For(kind);
        foreach (var shape in shapes)
            if (shape.Matches(row))
                return shape;
        var nearest = shapes.OrderBy(s => s.Fields.Count(f => !row.Has(f)) - (s.Fields.Count(row.Has) * 0.1)).First();
        var missing = nearest.Fields.Where(f => !row.Has(f)).ToList();
        var remedy = missing.Count > 0
            ? $"nearest is {nearest.Name}, for which {string.Join(", ", missing.Select(f => $"\"{row.Column(f)}\""))} {(missing.Count > 1 ? "are" : "is")} missing; if another column holds that, say so: --columns.{missing[0]}=COLUMN"
            : $"nearest is {nearest.Name}; its columns have other types than expected";
        var known = string.Join("; ", shapes.Select(s => $"{s.Name} ({string.Join(", ", s.Fields)})"));
        throw new MedicalGptException($"The row is no {Noun(kind)} row.")
        {
            Place = row.Origin.ToString(),
            Given = row.Keys.Any() ? $"the columns {string.Join(", ", row.Keys.Order(StringComparer.Ordinal))}" : "no columns",
            Allowed = known,
            Remedy = remedy,
        };
    }

    private static string Noun(ExampleKind kind) => kind switch
    {
        ExampleKind.Text => "text",
        ExampleKind.Conversation => "dialogue",
        ExampleKind.Preference => "preference",
        _ => "prompt",
    };
}
