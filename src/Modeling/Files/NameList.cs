using System.Globalization;
using System.Text.RegularExpressions;

namespace MedicalGpt.Modeling;

/// <summary>Names of weights for an error: all of them, with names that differ in a number only (the layer) written once, such as <c>model.layers.[0-3].mlp.up_proj.weight</c>.</summary>
internal static partial class NameList
{
    /// <summary>Writes names.</summary>
    /// <param name="names">The names; text may follow a name.</param>
    /// <returns>The list, in the order of first appearance.</returns>
    public static string Of(IReadOnlyList<string> names)
    {
        var groups = new List<(string Before, string After, List<long> Numbers)>();
        var at = new Dictionary<(string, string), int>();
        foreach (var name in names)
        {
            var match = Number().Match(name);
            var (before, after) = match.Success ? (name[..match.Index], name[(match.Index + match.Length)..]) : (name, "");
            if (!at.TryGetValue((before, match.Success ? "." + after : ""), out var index))
            {
                at[(before, match.Success ? "." + after : "")] = index = groups.Count;
                groups.Add((before, after, []));
            }

            if (match.Success)
                groups[index].Numbers.Add(long.Parse(match.Value, CultureInfo.InvariantCulture));
        }

        return string.Join(", ", groups.Select(g => g.Numbers.Count switch
        {
            0 => g.Before,
            1 => $"{g.Before}{g.Numbers[0]}{g.After}",
            _ => $"{g.Before}[{Ranges(g.Numbers)}]{g.After}",
        }));
    }

    private static string Ranges(List<long> numbers)
    {
        numbers.Sort();
        var runs = new List<(long First, long Last)>();
        foreach (var number in numbers)
        {
            if (runs.Count > 0 && number <= runs[^1].Last + 1)
                runs[^1] = (runs[^1].First, number);
            else
                runs.Add((number, number));
        }

        return string.Join(",", runs.Select(r => r.First == r.Last ? $"{r.First}" : $"{r.First}-{r.Last}"));
    }

    // The first number between dots.
    [GeneratedRegex(@"(?<=\.)[0-9]{1,9}(?=\.)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
