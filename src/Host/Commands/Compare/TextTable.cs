namespace MedicalGpt.Host.Commands.Compare;

/// <summary>A table as plain lines: the first column to the left, the others to the right, never wrapped.</summary>
internal static class TextTable
{
    /// <summary>Lays out a table.</summary>
    /// <param name="head">Names of the columns.</param>
    /// <param name="rows">Cells.</param>
    /// <returns>Lines.</returns>
    public static IEnumerable<string> Lines(string[] head, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(head).ToList();
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        return all.Select(row => string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
    }
}
