using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>
/// Says what kind of row a row is by its keys, whether or not what stands in them can be read. Of several kinds the most specific one counts, so that a faulty pair or dialogue is refused as such and never passes for a prompt.
/// </summary>
internal static class RowKinds
{
    /// <summary>The kinds, the most specific one first.</summary>
    public static IReadOnlyList<ExampleKind> BySpecificity { get; } = [ExampleKind.Preference, ExampleKind.Unpaired, ExampleKind.Conversation, ExampleKind.Text, ExampleKind.Prompt];

    /// <summary>The kind of a row; null = it has no known shape.</summary>
    public static ExampleKind? Of(DataRow row)
    {
        foreach (var kind in BySpecificity)
            if (Claims(row, kind))
                return kind;
        return null;
    }

    /// <summary>Whether one kind is more specific than another.</summary>
    public static bool IsMoreSpecific(ExampleKind kind, ExampleKind than) => Rank(kind) < Rank(than);

    /// <summary>A kind in words, for people.</summary>
    public static string Name(ExampleKind kind) => kind switch
    {
        ExampleKind.Text => "text",
        ExampleKind.Conversation => "dialogue",
        ExampleKind.Preference => "preference pair",
        ExampleKind.Unpaired => "labelled answer",
        _ => "prompt",
    };

    /// <summary>A kind as it is written behind a source's name.</summary>
    public static string Word(ExampleKind kind) => kind.ToString().ToLowerInvariant();

    private static int Rank(ExampleKind kind) => BySpecificity.TakeWhile(each => each != kind).Count();

    // A template that cannot be filled from this row is no field of it; what is wrong with it is said where the row is read.
    private static bool Claims(DataRow row, ExampleKind kind)
    {
        try
        {
            return kind switch
            {
                ExampleKind.Preference => PairColumns.In(row).Any(),
                ExampleKind.Unpaired => UnpairedShapes.Is(row),
                _ => RowShapes.For(kind).Any(shape => shape.Refusal is null && shape.Matches(row) && shape.Claims(row)),
            };
        }
        catch (MedicalGptException)
        {
            return false;
        }
    }
}
