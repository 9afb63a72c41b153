using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Hub;

/// <summary>Chooses the files of a dataset repository: rows and what describes them. Never scripts or pickles.</summary>
/// <param name="include">Patterns of the files that are wanted; empty = the usual ones.</param>
/// <param name="exclude">Patterns of files that are not wanted.</param>
/// <param name="configuration">Name of the configuration; null = all.</param>
/// <param name="source">The dataset's entry in a table; null = none knows it.</param>
internal sealed class DataFileChoice(IReadOnlyList<string> include, IReadOnlyList<string> exclude, string? configuration, DatasetSource? source)
{
    private const int Shown = 20;
    private const string Pairs = "reward";
    private static readonly FilePatterns Descriptions = FilePatterns.Strict(["README.md", "LICENSE*", "LICENCE*", "dataset_info.json", "dataset_infos.json"]);
    private static readonly FilePatterns Rows = FilePatterns.Loose([.. new[] { "jsonl", "ndjson", "json", "csv", "tsv", "txt", "parquet" }.SelectMany(end => new[] { "*." + end, "*." + end + ".gz", "*." + end + ".zst" })]);
    private static readonly FilePatterns Scripts = FilePatterns.Strict(["*.py"]);

    /// <summary>Whether the configurations of the repository's README.md have a say: a configuration is named, and neither a table nor patterns say which files it is.</summary>
    public bool AsksCard => configuration is not null && source is null && include.Count == 0;

    /// <summary>Hears which files of the configuration are not there.</summary>
    public Action<string> Notice { get; init; } = _ => { };

    /// <summary>Chooses.</summary>
    /// <param name="listing">What the repository holds.</param>
    /// <param name="card">The configurations that its README.md lists.</param>
    /// <returns>The files.</returns>
    /// <exception cref="MedicalGptException">Nothing matches.</exception>
    public IReadOnlyList<HubFile> Choose(HubListing listing, IReadOnlyList<CardConfiguration> card)
    {
        var unwanted = FilePatterns.Loose(exclude);
        var files = listing.Files.Where(file => !unwanted.Match(file.Path)).ToList();
        if (include.Count > 0)
        {
            var wanted = FilePatterns.Loose(include);
            return files.FindAll(file => wanted.Match(file.Path)) is { Count: > 0 } asked ? asked : throw ModelFileChoice.NothingChosen(listing, include, exclude);
        }

        var rows = source is null ? RowFiles(listing, card, files.FindAll(IsRows)) : SourceFiles(source, files);
        if (rows.Count == 0)
            throw source is null ? None(listing) : Moved(listing, source);
        return [.. files.FindAll(file => Descriptions.Match(file.Path)), .. rows];
    }

    /// <summary>What the table says, with what its rows are joined to.</summary>
    private List<HubFile> SourceFiles(DatasetSource table, List<HubFile> files)
    {
        var wanted = table.Configurations.Where(known => configuration is null || known.Name.Equals(configuration, StringComparison.OrdinalIgnoreCase)).ToList();
        if (wanted.Count == 0)
            throw NoConfiguration(table.Configurations.Select(known => known.Name));
        var alternatives = wanted.SelectMany(known => known.Files.Values.Concat(known.Joins.Select(join => (IReadOnlyList<string>)[join.File])));
        var chosen = alternatives.SelectMany(patterns => patterns.Select(pattern => Matching(files, pattern)).FirstOrDefault(found => found.Count > 0) ?? []).ToHashSet();
        return files.FindAll(chosen.Contains);
    }

    private static List<HubFile> Matching(List<HubFile> files, string pattern)
    {
        var matcher = FilePatterns.RowFiles([pattern]);
        return files.FindAll(file => matcher.Match(file.Path));
    }

    private static bool IsRows(HubFile file) => Rows.Match(file.Path) && !Descriptions.Match(file.Path);

    private List<HubFile> RowFiles(HubListing listing, IReadOnlyList<CardConfiguration> card, List<HubFile> rows)
    {
        if (configuration is null)
            return rows;
        if (card.FirstOrDefault(listed => listed.Name == configuration) is { } known)
            return Listed(listing, known, rows);
        var own = rows.FindAll(file => IsOf(file.Path, configuration));
        // What older guides call the pairs; reading the dataset later maps it the same way.
        if (own.Count == 0 && configuration is "dpo" or "orpo")
        {
            own = card.FirstOrDefault(listed => listed.Name == Pairs) is { } pairs ? Listed(listing, pairs, rows) : rows.FindAll(file => IsOf(file.Path, Pairs));
            if (own.Count > 0)
                Notice($"the repository has no configuration {configuration}; its configuration {Pairs} holds the same kind of rows and is pulled instead");
        }

        return own.Count > 0 || rows.Count == 0 ? own : throw NoConfiguration(card.Count > 0 ? card.Select(listed => listed.Name) : rows.Select(file => file.Path.Split('/')[0]));
    }

    /// <summary>The files that README.md names for a configuration; all rows of its folder where it names none.</summary>
    private List<HubFile> Listed(HubListing listing, CardConfiguration known, List<HubFile> rows)
    {
        var folder = known.Folder.Length == 0 ? "" : known.Folder + "/";
        List<HubFile> Matching(IEnumerable<HubFile> files, string pattern)
        {
            var matcher = FilePatterns.RowFiles([pattern]);
            return [.. files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal) && matcher.Match(file.Path[folder.Length..]))];
        }

        List<string> patterns = known.Splits.Count == 0 ? ["**"] : [.. known.Splits.SelectMany(split => split.Patterns).Distinct(StringComparer.Ordinal)];
        var missing = patterns.FindAll(pattern => Matching(listing.Files.Where(IsRows), pattern).Count == 0);
        if (missing.Count == patterns.Count)
            throw new MedicalGptException("The repository has no files of rows where its README.md says.")
            {
                Place = $"{listing.Repository.Id} at {listing.Revision}",
                Given = $"{string.Join(", ", missing.Take(Shown).Select(pattern => folder + pattern))} (configuration {known.Name})",
                Allowed = string.Join(", ", listing.Files.Take(Shown).Select(file => file.Path)),
                Remedy = "name the files with --include PATTERN, or pull another --revision",
            };
        if (missing.Count > 0)
            Notice($"README.md names files of the configuration {known.Name} that the repository does not have as rows: {string.Join(", ", missing.Take(Shown).Select(pattern => folder + pattern))}");
        var chosen = patterns.SelectMany(pattern => Matching(rows, pattern)).ToHashSet();
        return rows.FindAll(chosen.Contains);
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
            Allowed = string.Join(", ", names.Take(Shown)),
            Remedy = MedicalGpt.Options.OptionNames.Nearest(configuration!, names) is { } nearest ? $"did you mean '{nearest}'?" : "leave it out for all, or name files with --include PATTERN",
        };
    }

    private MedicalGptException Moved(HubListing listing, DatasetSource table) => new("The files of the dataset are not where its table says.")
    {
        Place = $"{listing.Repository.Id} at {listing.Revision}",
        Given = string.Join(", ", listing.Files.Take(8).Select(file => file.Path)),
        Allowed = string.Join(", ", table.Configurations.Where(known => configuration is null || known.Name.Equals(configuration, StringComparison.OrdinalIgnoreCase)).SelectMany(known => known.Files.Values).SelectMany(list => list).Distinct().Take(12)),
        Remedy = "name the files with --include PATTERN, or pull an earlier --revision",
    };

    private MedicalGptException None(HubListing listing) => listing.Files.Any(file => Scripts.Match(file.Path))
        ? new MedicalGptException("The dataset is made by a script of its repository, and code of others is never run.")
        {
            Place = $"{listing.Repository.Id} at {listing.Revision}",
            Remedy = "try the hub's own conversion of it: --revision refs/convert/parquet",
        }
        : ModelFileChoice.NothingChosen(listing, include, exclude);
}
