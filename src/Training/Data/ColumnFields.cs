using MedicalGpt.Data;
using MedicalGpt.Options;

namespace MedicalGpt.Training.Data;

/// <summary>The fields that rows are read by, whose columns <c>--columns.FIELD=…</c> names.</summary>
internal static class ColumnFields
{
    private static readonly string[] Beside =
        ["system", "system_prompt", "history", "tools", "input", "output", "options", "answer", "answer_idx", "answer_number", "cop", "margin", "labels", "completion_mask", "attention_mask"];

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> All { get; } = Enum.GetValues<ExampleKind>().SelectMany(Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>Those by which rows of a kind are read.</summary>
    public static IEnumerable<string> Of(ExampleKind kind) =>
        RowShapes.For(kind).SelectMany(shape => shape.Fields).Concat(kind is ExampleKind.Conversation or ExampleKind.Prompt ? MultipleChoiceRows.InColumns.SelectMany(columns => columns) : []).Concat(Beside).Distinct(StringComparer.Ordinal);

    /// <summary>Looks at the fields that settings name. What rewards read may have any name, so for prompts an unknown one is told only; so is one that rows of other kinds alone have.</summary>
    /// <param name="columns">Columns by field.</param>
    /// <param name="kind">The kind of rows; null = any, found out from the rows.</param>
    /// <param name="notice">Receives what a person should know.</param>
    /// <exception cref="MedicalGptException">No shape of rows has such a field.</exception>
    public static void Check(IReadOnlyDictionary<string, string> columns, ExampleKind? kind, Action<string> notice)
    {
        var used = kind is { } one ? Of(one).ToHashSet(StringComparer.Ordinal) : All;
        foreach (var (field, column) in columns.Where(column => !used.Contains(column.Key)))
        {
            var nearest = OptionNames.Nearest(field, All);
            if (kind == ExampleKind.Prompt)
            {
                if (!All.Contains(field))
                    notice($"--columns.{field}: rows are not read by a field of this name, so it goes to reward functions only{(nearest is null ? "" : $"; did you mean {nearest}?")}");
            }
            else if (All.Contains(field))
            {
                notice($"--columns.{field}: a {RowKinds.Name(kind!.Value)} is not read by this field, so the setting has no effect here.");
            }
            else
            {
                throw Unknown(field, column, nearest, kind);
            }
        }
    }

    private static MedicalGptException Unknown(string field, string column, string? nearest, ExampleKind? kind) => new("Rows are not read by a field of this name, so the setting would have no effect.")
    {
        Place = $"--columns.{field}",
        Given = column,
        Allowed = string.Join(", ", kind is { } one ? RowShapes.For(one).SelectMany(shape => shape.Fields).Concat(Beside).Distinct(StringComparer.Ordinal) : All),
        Remedy = (nearest is null ? "name one of these" : $"write --columns.{nearest}={column}") + (kind is null ? "; where it is for reward functions, say that the rows are prompts (FILE:prompt)" : ""),
    };
}
