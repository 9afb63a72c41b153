using MedicalGpt.Data;
using MedicalGpt.Options;

namespace MedicalGpt.Training.Data;

/// <summary>The fields that rows are read by, whose columns <c>--columns.FIELD=…</c> names.</summary>
internal static class ColumnFields
{
    private static readonly string[] Beside =
        ["system", "system_prompt", "history", "tools", "input", "output", "options", "answer", "answer_idx", "answer_number", "cop", "margin", "labels", "completion_mask", "attention_mask"];

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> All { get; } =
        Enum.GetValues<ExampleKind>().SelectMany(RowShapes.For).SelectMany(shape => shape.Fields).Concat(MultipleChoiceRows.InColumns.SelectMany(columns => columns)).Concat(Beside).ToHashSet(StringComparer.Ordinal);

    /// <summary>Looks at the fields that settings name. What rewards read may have any name, so for prompts an unknown one is told only.</summary>
    /// <param name="columns">Columns by field.</param>
    /// <param name="kind">The kind of rows.</param>
    /// <param name="notice">Receives what a person should know.</param>
    /// <exception cref="MedicalGptException">No shape of rows has such a field.</exception>
    public static void Check(IReadOnlyDictionary<string, string> columns, ExampleKind kind, Action<string> notice)
    {
        foreach (var (field, column) in columns.Where(column => !All.Contains(column.Key)))
        {
            var nearest = OptionNames.Nearest(field, All);
            if (kind == ExampleKind.Prompt)
            {
                notice($"--columns.{field}: rows are not read by a field of this name, so it goes to reward functions only{(nearest is null ? "" : $"; did you mean {nearest}?")}");
                continue;
            }

            throw new MedicalGptException("Rows are not read by a field of this name, so the setting would have no effect.")
            {
                Place = $"--columns.{field}",
                Given = column,
                Allowed = string.Join(", ", RowShapes.For(kind).SelectMany(shape => shape.Fields).Concat(Beside).Distinct(StringComparer.Ordinal)),
                Remedy = nearest is null ? "name one of these" : $"write --columns.{nearest}={column}",
            };
        }
    }
}
