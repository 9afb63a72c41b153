using System.Text.Json;
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
        if (shapes.FirstOrDefault(shape => shape.Matches(row)) is { } first)
            return first.Refusal is null ? Asked(row, shapes, first) : throw Refused(row, first, kind);
        var known = shapes.Where(shape => shape.Refusal is null).ToList();
        if (kind == ExampleKind.Preference && PairColumns.Half(row) is { } half)
            throw HalfPair(row, half.Has, half.Lacks, [.. known.Where(shape => shape.Fields.Contains(half.Lacks))]);
        throw new MedicalGptException($"The row is no {Noun(kind)} row.")
        {
            Place = row.Origin.ToString(),
            Given = row.Keys.Any() ? $"the columns {string.Join(", ", row.Keys.Order(StringComparer.Ordinal))}" : "no columns",
            Allowed = string.Join("; ", known.DistinctBy(shape => shape.Name).Select(shape => $"{shape.Name} ({string.Join(", ", shape.Fields)})")),
            Remedy = ColumnGuess.Remedy(row, known),
        };
    }

    // What settings ask for comes before columns that happen to be there, too: of the shapes of a row, the one with the most fields that settings name, then the first.
    private static RowShape Asked(DataRow row, IReadOnlyList<RowShape> shapes, RowShape first) => row.MapsOnly(first.Fields)
        ? first
        : shapes.Where(shape => shape.Refusal is null && shape.Matches(row)).MaxBy(shape => shape.Fields.Count(row.IsMapped))!;

    private static MedicalGptException HalfPair(DataRow row, string has, string lacks, IReadOnlyList<RowShape> known) => new($"The row has \"{row.Column(has)}\" but no \"{row.Column(lacks)}\", so it is no preference pair.")
    {
        Place = row.Origin.ToString(),
        Given = $"the columns {string.Join(", ", row.Keys.Order(StringComparer.Ordinal))}{(row.Get(lacks).ValueKind == JsonValueKind.Null ? $", of which \"{row.Column(lacks)}\" is null" : "")}",
        Allowed = $"both \"{row.Column(has)}\" and \"{row.Column(lacks)}\"",
        Remedy = $"fill it in or leave the row out; {ColumnGuess.Remedy(row, known)}",
    };

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
