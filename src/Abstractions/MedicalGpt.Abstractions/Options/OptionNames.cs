namespace MedicalGpt.Options;

/// <summary>Spelling of option names.</summary>
public static class OptionNames
{
    /// <summary>The snake_case form of a name given as key, flag or environment name: <c>--Learning-Rate</c> becomes <c>learning_rate</c>.</summary>
    /// <param name="name">The name as given, with or without leading dashes.</param>
    public static string Normalize(string name) =>
        name.TrimStart('-').Replace('-', '_').ToLowerInvariant();

    /// <summary>The flag of a key in kebab-case.</summary>
    /// <param name="key">A key in snake_case.</param>
    public static string Flag(string key) => "--" + key.Replace('_', '-');

    /// <summary>The candidate that is nearest to a name by Damerau-Levenshtein distance; null where none is near (more than a third of the letters, and more than two, differ).</summary>
    /// <param name="name">The unknown name.</param>
    /// <param name="candidates">The known names.</param>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        var least = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance >= least)
                continue;
            least = distance;
            nearest = candidate;
        }

        return nearest;
    }

    /// <summary>Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and swaps of neighbours.</summary>
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }
}
