using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Finds the files of a dataset on disk: the configuration is a sub-folder or the beginning of file names, the split is a word in file names.</summary>
internal static class DatasetFolder
{
    private static readonly Dictionary<string, string[]> SplitNames = new()
    {
        ["train"] = ["train", "training"],
        ["validation"] = ["validation", "valid", "val", "dev"],
        ["test"] = ["test", "testing"],
    };

    /// <summary>The folder of a dataset.</summary>
    public static string Locate(string name, IReadOnlyList<string> roots)
    {
        string[] candidates = [name, .. roots.SelectMany(r => new[] { Path.Combine(r, name), Path.Combine(r, Path.GetFileName(name)) })];
        return Array.Find(candidates, Directory.Exists)
            ?? throw new MedicalGptException($"The dataset {name} is not on disk; looked at {string.Join(", ", candidates)}. Download it into one of these folders, or give its folder (--dataset_name DIR).");
    }

    /// <summary>The files of a configuration and split.</summary>
    public static IReadOnlyList<string> Files(string folder, DatasetRequest request, DataReadOptions options)
    {
        var files = Configured(folder, request, options);
        var wanted = files.Where(f => SplitOf(f) == request.Split).ToList();
        if (wanted.Count == 0 && request.Split == "train")
            wanted = files.Where(f => SplitOf(f) is null).ToList();
        return wanted.Count > 0
            ? wanted
            : throw new MedicalGptException($"{folder}{(request.Configuration is null ? "" : $" (configuration {request.Configuration})")} has no {request.Split} files; it has {string.Join(", ", files.Take(8).Select(Path.GetFileName))}.");
    }

    private static IReadOnlyList<string> Configured(string folder, DatasetRequest request, DataReadOptions options)
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
        throw new MedicalGptException("The dataset has no such configuration.") { Place = folder, Given = $"--dataset-config-name {configuration}", Allowed = $"a sub-folder, or what files begin with; there are {string.Join(", ", present.Take(12))}" };
    }

    private static IReadOnlyList<string>? Match(string folder, string name, ExampleKind kind, DataReadOptions options)
    {
        if (name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "." or "..")
            throw new MedicalGptException($"The configuration {name} is no name; give a sub-folder's or file prefix's plain name.");
        if (Directory.Exists(Path.Combine(folder, name)))
            return DataFiles.Find(Path.Combine(folder, name), kind, options);
        var prefixed = Directory.EnumerateFiles(folder).Where(f => Words(f).FirstOrDefault() == name || Path.GetFileName(f).StartsWith(name + "_", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return [.. prefixed.SelectMany(f => DataFiles.Find(f, kind, options))];
    }

    private static string? SplitOf(string file) =>
        SplitNames.FirstOrDefault(s => Words(file).Any(w => s.Value.Contains(w, StringComparer.OrdinalIgnoreCase))).Key;

    private static string[] Words(string file) => Path.GetFileNameWithoutExtension(file).Split('_', '-', '.');
}
