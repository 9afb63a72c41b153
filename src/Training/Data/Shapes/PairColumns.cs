using System.Text.Json;

namespace MedicalGpt.Training.Data;

/// <summary>The fields in which the answers of a preference pair stand. A row that has one of them says that it is a pair, or half of one.</summary>
internal static class PairColumns
{
    private static readonly (string Chosen, string Rejected)[] Names = [("chosen", "rejected"), ("response_chosen", "response_rejected"), ("chosen_ids", "rejected_ids")];

    /// <summary>Those of a row that hold an answer: text, a turn, or a list. A flag or a number of that name is something else.</summary>
    public static IEnumerable<string> In(DataRow row) => Names.SelectMany(pair => new[] { pair.Chosen, pair.Rejected }).Where(field => Holds(row, field));

    /// <summary>The same without fields that settings compose of columns: those may not be there, which is no fault where nobody reads them.</summary>
    public static IReadOnlyList<string> Plain(DataRow row) => [.. Names.SelectMany(pair => new[] { pair.Chosen, pair.Rejected }).Where(field => !row.IsComposed(field) && Holds(row, field))];

    /// <summary>The field of half a pair and the one that is missing beside it; null = no half of a pair is there without the other.</summary>
    public static (string Has, string Lacks)? Half(DataRow row)
    {
        foreach (var (chosen, rejected) in Names)
        {
            if (Holds(row, chosen) && !row.Has(rejected))
                return (chosen, rejected);
            if (Holds(row, rejected) && !row.Has(chosen))
                return (rejected, chosen);
        }

        return null;
    }

    private static bool Holds(DataRow row, string field) => row.Get(field).ValueKind is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object;
}
