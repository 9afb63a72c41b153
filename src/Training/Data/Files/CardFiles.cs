using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Finds the files that a dataset's README.md names for a configuration and split.</summary>
/// <param name="folder">The dataset's folder.</param>
/// <param name="configuration">The configuration.</param>
internal sealed class CardFiles(string folder, CardConfiguration configuration)
{
    private const int Named = 5;

    /// <summary>The folder of the configuration.</summary>
    public string Folder { get; } = Path.Combine(folder, configuration.Folder);

    /// <summary>Whether splits are named; else files tell their split by their names.</summary>
    public bool HasSplits => configuration.Splits.Count > 0;

    /// <summary>The configuration of a folder's README.md that is asked for.</summary>
    /// <returns>Its files; null = there is no list of configurations, or it has none of that name.</returns>
    /// <exception cref="MedicalGptException">None is named, and which is meant is not said.</exception>
    public static CardFiles? Find(string folder, DatasetRequest request, DataReadOptions options)
    {
        var all = DatasetCard.Read(folder);
        if (all.Count == 0)
            return null;
        var chosen = request.Configuration is { } name
            ? all.FirstOrDefault(one => one.Name == name) ?? SameKind(folder, name, all, options)
            : all.FirstOrDefault(one => one.IsDefault) ?? all.FirstOrDefault(one => one.Name == "default") ?? (all.Count == 1 ? all[0] : null);
        if (chosen is null)
            return request.Configuration is null ? throw Unnamed(folder, all) : null;
        if (chosen.Unread.Count > 0)
            options.Notice($"{Path.Combine(folder, "README.md")}: the configuration {chosen.Name} sets {string.Join(", ", chosen.Unread)}, which is not read here.");
        return new CardFiles(folder, chosen);
    }

    /// <summary>The names of the configurations, as the beginning of a list; "" where README.md lists none.</summary>
    public static string Names(string folder) => DatasetCard.Read(folder) is { Count: > 0 } all ? $"{string.Join(", ", all.Select(one => one.Name))} (README.md); " : "";

    /// <summary>The files of a split; none where there is no such split.</summary>
    /// <exception cref="MedicalGptException">Several splits may be meant, or the files are not there.</exception>
    public IReadOnlyList<DataFile> Of(DatasetRequest request, DataReadOptions options)
    {
        var exists = Directory.Exists(Folder);
        var found = (Split(request.Split)?.Patterns ?? [])
            .Select(pattern => (Pattern: pattern, Named: exists ? FilePattern.Find(Folder, pattern) : []))
            .Select(each => (each.Pattern, each.Named, Files: each.Named.FindAll(file => Path.GetRelativePath(Folder, file) == each.Pattern || DataFiles.IsRead(DataFile.Of(file), request.Kind, options))))
            .ToList();
        if (found.FindAll(each => each.Named.Count == 0) is { Count: > 0 } missing)
            throw new MedicalGptException("Files of the dataset are not where its README.md says.") { Place = Path.Combine(folder, "README.md"), Given = $"{string.Join(", ", missing.Take(Named).Select(each => each.Pattern))}{(missing.Count > Named ? $" and {missing.Count - Named} more" : "")} (configuration {configuration.Name}, split {request.Split})", Remedy = "fetch the dataset whole (medgpt data pull), or name files (--train-file-dir)" };
        foreach (var (_, named, files) in found)
        {
            if (files.Count == 0)
                throw DataFiles.NotRead(named, request.Kind, options);
            DataFiles.TellUnread(Folder, named.Except(files), request.Kind, options);
        }

        return [.. found.SelectMany(each => each.Files).SelectMany(file => DataFiles.Find(file, request.Kind, options)).DistinctBy(file => file.Path)];
    }

    /// <summary>What the splits are called, for errors.</summary>
    public string Splits => string.Join(", ", configuration.Splits.Select(split => split.Name));

    private CardSplit? Split(string wanted)
    {
        var splits = configuration.Splits.Where(split => split.Name == wanted).ToList();
        if (splits.Count == 0)
            splits = [.. configuration.Splits.Where(split => DatasetFolder.SplitWord(split.Name) == wanted)];
        if (splits.Count == 0 && wanted == "train" && configuration.Splits is [var only] && DatasetFolder.SplitWord(only.Name) is null)
            return only;
        return splits.Count switch
        {
            0 => null,
            1 => splits[0],
            _ => throw new MedicalGptException($"Several splits of the dataset may be meant by {wanted}.") { Place = Path.Combine(folder, "README.md"), Given = string.Join(", ", splits.Select(split => split.Name)), Remedy = "name the files that are meant (--train-file-dir, --validation-file-dir)" },
        };
    }

    private static CardConfiguration? SameKind(string folder, string name, IReadOnlyList<CardConfiguration> all, DataReadOptions options)
    {
        if (name is not ("dpo" or "orpo") || Directory.Exists(Path.Combine(folder, name)) || all.FirstOrDefault(one => one.Name == "reward") is not { } reward)
            return null;
        options.Notice($"{folder} has no configuration {name}; its configuration reward holds the same kind of rows and is read instead.");
        return reward;
    }

    private static MedicalGptException Unnamed(string folder, IReadOnlyList<CardConfiguration> all) => new("The dataset has several configurations, and none is named.")
    {
        Place = Path.Combine(folder, "README.md"),
        Given = "no --dataset-config-name",
        Allowed = string.Join(", ", all.Select(one => one.Name)),
        Remedy = $"name one, for example --dataset-config-name {all[0].Name}",
    };
}
