using MedicalGpt.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>Chooses the files of a dataset repository: rows and what describes them. Never scripts or pickles.</summary>
/// <param name="include">Patterns of the files that are wanted; empty = the usual ones.</param>
/// <param name="exclude">Patterns of files that are not wanted.</param>
/// <param name="configuration">Name of the configuration; null = all.</param>
/// <param name="source">The dataset's entry in a table; null = none knows it.</param>
internal sealed class DataFileChoice(IReadOnlyList<string> include, IReadOnlyList<string> exclude, string? configuration, DatasetSource? source)
{
    private static readonly FilePatterns Descriptions = FilePatterns.Strict(["README.md", "LICENSE*", "LICENCE*", "dataset_info.json", "dataset_infos.json"]);
    private static readonly FilePatterns Rows = FilePatterns.Loose([.. new[] { "jsonl", "json", "csv", "tsv", "txt", "parquet" }.SelectMany(end => new[] { "*." + end, "*." + end + ".gz", "*." + end + ".zst" })]);
    private static readonly FilePatterns Scripts = FilePatterns.Strict(["*.py"]);

    /// <summary>Chooses.</summary>
    /// <param name="listing">What the repository holds.</param>
    /// <returns>The files.</returns>
    /// <exception cref="MedicalGptException">Nothing matches.</exception>
    public IReadOnlyList<HubFile> Choose(HubListing listing)
    {
        var unwanted = FilePatterns.Loose(exclude);
        var files = listing.Files.Where(file => !unwanted.Match(file.Path)).ToList();
        if (include.Count > 0)
        {
            var wanted = FilePatterns.Loose(include);
            return files.FindAll(file => wanted.Match(file.Path)) is { Count: > 0 } asked ? asked : throw ModelFileChoice.NothingChosen(listing, include, exclude);
        }

        var rows = RowFiles(listing, files.FindAll(file => Rows.Match(file.Path) && !Descriptions.Match(file.Path)));
        if (rows.Count == 0)
            throw None(listing);
        return [.. files.FindAll(file => Descriptions.Match(file.Path)), .. rows];
    }

    private List<HubFile> RowFiles(HubListing listing, List<HubFile> rows)
    {
        if (source is not null)
        {
            var wanted = source.Configurations.Where(known => configuration is null || known.Name == configuration).ToList();
            if (wanted.Count == 0)
                throw NoConfiguration(source.Configurations.Select(known => known.Name));
            var patterns = FilePatterns.Strict(wanted.SelectMany(known => known.Files.Values).SelectMany(list => list));
            return listing.Files.Where(file => patterns.Match(file.Path)).ToList();
        }

        if (configuration is null)
            return rows;
        var own = rows.FindAll(file => IsOf(file.Path, configuration));
        return own.Count > 0 || rows.Count == 0 ? own : throw NoConfiguration(rows.Select(file => file.Path.Split('/')[0]));
    }

    /// <summary>A configuration is a folder, or what file names begin with.</summary>
    private static bool IsOf(string path, string configuration)
    {
        var parts = path.Split('/');
        return parts.AsSpan(0, parts.Length - 1).Contains(configuration) || (parts[^1].StartsWith(configuration, StringComparison.Ordinal) && parts[^1][configuration.Length..] is ['.' or '-' or '_', ..]);
    }

    private MedicalGptException NoConfiguration(IEnumerable<string> known)
    {
        var names = known.Distinct().ToList();
        return new MedicalGptException("The dataset has no such configuration.")
        {
            Place = "--config",
            Given = configuration,
            Allowed = string.Join(", ", names.Take(20)),
            Remedy = MedicalGpt.Options.OptionNames.Nearest(configuration!, names) is { } nearest ? $"did you mean '{nearest}'?" : "leave it out for all, or name files with --include PATTERN",
        };
    }

    private MedicalGptException None(HubListing listing) => listing.Files.Any(file => Scripts.Match(file.Path))
        ? new MedicalGptException("The dataset is made by a script of its repository, and code of others is never run.")
        {
            Place = $"{listing.Repository.Id} at {listing.Revision}",
            Remedy = "try the hub's own conversion of it: --revision refs/convert/parquet",
        }
        : ModelFileChoice.NothingChosen(listing, include, exclude);
}
