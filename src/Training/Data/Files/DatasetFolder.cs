using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Finds the files of a dataset on disk: the configuration is one that its README.md lists, a sub-folder or the beginning of file names, the split is a word in file names.</summary>
internal static class DatasetFolder
{
    private static readonly Dictionary<string, string[]> SplitNames = new()
    {
        ["train"] = ["train", "training"],
        ["validation"] = ["validation", "valid", "val", "dev"],
        ["test"] = ["test", "testing"],
    };

    /// <summary>The folder of a dataset: the name as a path, then below the roots, then in the hub's cache.</summary>
    public static string Locate(string name, DataReadOptions options) => Locate(name, [name], options);

    /// <summary>The folder of a published dataset, under any of its names.</summary>
    public static string Locate(DatasetSource source, DataReadOptions options) =>
        Locate(source.Name, [.. new[] { source.Name, source.Repository }.Concat(source.Aliases).OfType<string>().Distinct(StringComparer.Ordinal)], options, source);

    private static string Locate(string name, IReadOnlyList<string> names, DataReadOptions options, DatasetSource? source = null)
    {
        var candidates = names.Concat(options.DatasetRoots.SelectMany(root => names.SelectMany(each => new[] { Path.Combine(root, each), Path.Combine(root, Path.GetFileName(each)) }))).Distinct(StringComparer.Ordinal).ToList();
        if (candidates.Find(Directory.Exists) is { } folder)
            return folder;
        var cache = options.Cache ?? HubCache.FromEnvironment();
        var repositories = names.Where(HubRepository.IsId).Select(id => new HubRepository(HubRepositoryKind.Dataset, id)).ToList();
        if (repositories.Select(repository => cache.Snapshot(repository)).FirstOrDefault(snapshot => snapshot is not null) is { } pulled)
            return pulled;
        var pull = source is { Repository: null } ? $"fetch it from {source.Homepage}" : HubRepository.IsId(source?.Repository ?? name) ? $"fetch it (medgpt data pull {source?.Repository ?? name})" : "correct the name (medgpt data sources lists those that are known)";
        throw new MedicalGptException($"The dataset {name} is not on disk.")
        {
            Place = "--dataset-name",
            Given = name,
            Allowed = $"one of the folders {string.Join(", ", candidates)}, or a snapshot in the hub's cache {cache.Root}",
            Remedy = $"{pull}, or give its folder (--dataset-name DIR)",
        };
    }

    /// <summary>The files of a configuration and split.</summary>
    public static IReadOnlyList<DataFile> Files(string folder, DatasetRequest request, DataReadOptions options)
    {
        var card = CardFiles.Find(folder, request, options);
        if (card is { HasSplits: true })
            return card.Of(request, options) is { Count: > 0 } named ? named : throw new MedicalGptException("The dataset has no such split.") { Place = Path.Combine(folder, "README.md"), Given = request.Split, Allowed = card.Splits };
        var files = card is null ? Configured(folder, request, options) : DataFiles.Find(card.Folder, request.Kind, options);
        var root = card?.Folder ?? folder;
        var wanted = Wanted(root, files, request);
        if (!wanted.Exists(file => SplitOf(root, file.Path) == request.Split) && UnreadSplit(root, card is null ? request.Configuration : null, request, options) is { Count: > 0 } unread)
            throw DataFiles.NotRead(unread, request.Kind, options);
        return wanted.Count > 0
            ? wanted
            : throw new MedicalGptException($"{folder}{(request.Configuration is null ? "" : $" (configuration {request.Configuration})")} has no {request.Split} files; it has {string.Join(", ", files.Take(8).Select(f => Path.GetFileName(f.Path)))}.");
    }

    /// <summary>Whether a configuration has files of a split that can be read. Where its README.md lists the split and it cannot be read as listed, a notice says why; asking for the split itself is the error.</summary>
    public static bool HasSplit(string folder, DatasetRequest request, DataReadOptions options)
    {
        var quiet = options with { Notice = _ => { } };
        if (CardFiles.Find(folder, request, quiet) is not { } card)
            return Wanted(folder, Configured(folder, request, quiet), request).Count > 0;
        try
        {
            return (card.HasSplits ? card.Of(request, quiet) : Wanted(card.Folder, DataFiles.Find(card.Folder, request.Kind, quiet), request)).Count > 0;
        }
        catch (MedicalGptException error)
        {
            options.Notice($"{error.Place ?? folder}: no {request.Split} rows are read. {error.Message} ({error.Given})");
            return false;
        }
    }

    /// <summary>The split that a name's words tell; null = they tell none.</summary>
    public static string? SplitWord(string name) => SplitNames.FirstOrDefault(split => Words(name).Any(word => split.Value.Contains(word, StringComparer.OrdinalIgnoreCase))).Key;

    /// <summary>Which files of a folder are named like another split than the one that is trained on.</summary>
    public static List<string> HeldOut(string folder, IReadOnlyList<DataFile> files) =>
        [.. files.Where(file => SplitOf(folder, file.Path) is not (null or "train")).Select(file => Path.GetRelativePath(folder, file.Path))];

    private static List<DataFile> Wanted(string folder, IReadOnlyList<DataFile> files, DatasetRequest request)
    {
        var wanted = files.Where(f => SplitOf(folder, f.Path) == request.Split).ToList();
        return wanted.Count == 0 && request.Split == "train" ? [.. files.Where(f => SplitOf(folder, f.Path) is null)] : wanted;
    }

    // Files that are the split by their names, where what can be read is none of it.
    private static List<string> UnreadSplit(string root, string? configuration, DatasetRequest request, DataReadOptions options) =>
        [.. DataFiles.Unread(root, request.Kind, options).Where(file => SplitOf(root, file) == request.Split && (configuration is null || Path.GetRelativePath(root, file).StartsWith(configuration, StringComparison.Ordinal)))];

    private static IReadOnlyList<DataFile> Configured(string folder, DatasetRequest request, DataReadOptions options)
    {
        if (request.Configuration is not { } configuration)
            return DataFiles.Find(folder, request.Kind, options);
        var names = configuration is "dpo" or "orpo" ? new[] { configuration, "reward" } : [configuration];
        foreach (var name in names)
        {
            if (Match(folder, name, request.Kind, options) is not { Count: > 0 } files)
                continue;
            if (name != configuration)
                options.Notice($"{folder} has no configuration {configuration}; its configuration {name} holds the same kind of rows and is read instead.");
            return files;
        }

        var present = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        throw new MedicalGptException("The dataset has no such configuration.") { Place = folder, Given = $"--dataset-config-name {configuration}", Allowed = $"{CardFiles.Names(folder)}a sub-folder, or what files begin with; there are {string.Join(", ", present.Take(12))}" };
    }

    private static IReadOnlyList<DataFile>? Match(string folder, string name, ExampleKind kind, DataReadOptions options)
    {
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "." or "..")
            throw new MedicalGptException($"The configuration {name} is no name; give a sub-folder's or file prefix's plain name.");
        if (Directory.Exists(Path.Combine(folder, name)))
            return DataFiles.Find(Path.Combine(folder, name), kind, options);
        var prefixed = Directory.EnumerateFiles(folder).Where(f => Words(f).FirstOrDefault() == name || Path.GetFileName(f).StartsWith(name + "_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        List<DataFile> read = [.. prefixed.Select(DataFile.Of).Where(file => DataFiles.IsRead(file, kind, options))];
        if (prefixed.Count > 0 && read.Count == 0)
            throw DataFiles.NotRead(prefixed, kind, options);
        DataFiles.TellUnread(folder, prefixed.Except(read.Select(file => file.Path)), kind, options);
        return read;
    }

    // The file's own name decides; where it says nothing, the folders above it do.
    private static string? SplitOf(string folder, string file) =>
        Path.GetRelativePath(folder, file).Split('/', '\\').Reverse().Select(SplitWord).FirstOrDefault(split => split is not null);

    private static string[] Words(string file) => Path.GetFileName(file).Split('_', '-', '.');
}
