using System.Runtime.CompilerServices;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>A published dataset on disk, read as its table says: which files are which configuration and split, and how their columns map to rows.</summary>
/// <param name="source">What the table says.</param>
/// <param name="folder">Its folder.</param>
/// <param name="options">How rows are read; columns that the user names win over the table's.</param>
internal sealed class PublishedDataset(DatasetSource source, string folder, DataReadOptions options) : ISplitDataset, IKindDataset
{
    /// <inheritdoc/>
    public bool HasSplit(DatasetRequest request)
    {
        var configuration = Choose(request);
        if (!configuration.Files.TryGetValue(request.Split, out var patterns))
            return false;
        if (patterns.Any(pattern => FilePattern.Find(folder, pattern).Count > 0))
            return true;
        options.Notice($"{folder}: no {request.Split} rows are read. The files of the dataset {source.Name} are not where they are published ({string.Join(" or ", patterns)}).");
        return false;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Example> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var configuration = Choose(request);
        if (configuration.Notice is { } notice)
            options.Notice($"{source.Name} {configuration.Name}: {notice}");
        var files = Files(configuration, request);
        var read = options with { Columns = Columns(configuration), RefuseOtherKinds = false };
        var joins = await RowJoins.LoadAsync(folder, configuration.Joins, read, cancellationToken);
        await foreach (var row in new FileDataset(_ => files, read, joins, named: options.Columns).ReadAsync(request, cancellationToken))
            yield return row;
    }

    /// <summary>What the table says: the first kind that a configuration has or can be read as.</summary>
    /// <param name="request">The configuration.</param>
    /// <param name="cancellationToken">Not needed: no row is read.</param>
    public Task<KindLook> KindAsync(DatasetRequest request, CancellationToken cancellationToken)
    {
        var meant = request.Configuration is { } name ? [Named(name)] : source.Configurations;
        return Task.FromResult(new KindLook(RowKinds.BySpecificity.First(kind => meant.Any(configuration => Fits(configuration.Kind, kind))), 0, null));
    }

    /// <summary>Whether rows of a kind can be read as another: every dialogue and pair has a prompt, and a prompt with a reference answer is a dialogue.</summary>
    private static bool Fits(ExampleKind has, ExampleKind asked) => has == asked || (has, asked) is
        (ExampleKind.Conversation, ExampleKind.Prompt) or (ExampleKind.Preference, ExampleKind.Prompt) or (ExampleKind.Prompt, ExampleKind.Conversation);

    private DatasetConfiguration Choose(DatasetRequest request)
    {
        var fitting = source.Configurations.Where(configuration => Fits(configuration.Kind, request.Kind)).ToList();
        if (request.Configuration is { } name)
        {
            var named = Named(name);
            return fitting.Contains(named) ? named : throw Unfit(request, fitting, $"its configuration {named.Name} has rows of kind {named.Kind}");
        }

        return fitting.Find(configuration => configuration.Kind == request.Kind) ?? fitting.FirstOrDefault() ?? throw Unfit(request, fitting, $"its configurations are {string.Join(", ", source.Configurations.Select(configuration => $"{configuration.Name} ({configuration.Kind})"))}");
    }

    private DatasetConfiguration Named(string name) => source.Configurations.FirstOrDefault(configuration => configuration.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new MedicalGptException($"The dataset {source.Name} has no such configuration.") { Given = $"--dataset-config-name {name}", Allowed = string.Join(", ", source.Configurations.Select(configuration => configuration.Name)) };

    private MedicalGptException Unfit(DatasetRequest request, List<DatasetConfiguration> fitting, string given) => new($"The dataset {source.Name} has no rows for this stage there.")
    {
        Given = $"{given}; the stage trains on rows of kind {request.Kind}",
        Remedy = fitting.Count > 0 ? $"use --dataset-config-name {string.Join(" or ", fitting.Select(configuration => configuration.Name))}" : "use another dataset (medgpt data sources lists them)",
    };

    private List<DataFile> Files(DatasetConfiguration configuration, DatasetRequest request)
    {
        var patterns = configuration.Files.GetValueOrDefault(request.Split)
            ?? throw new MedicalGptException($"The dataset {source.Name} has no split {request.Split}.") { Place = $"configuration {configuration.Name}", Allowed = string.Join(", ", configuration.Files.Keys), Remedy = "hold out a part of the training rows: --validation-split-percentage 5" };
        List<string> unread = [];
        foreach (var pattern in patterns)
        {
            var found = FilePattern.Find(folder, pattern).ConvertAll(path => new DataFile(path, configuration.Format ?? DataFileName.Of(path).Format) { Header = configuration.Header });
            if (found.Count > 0 && found.TrueForAll(file => DataFiles.IsRead(file, request.Kind, options)))
                return found;
            unread.AddRange(found.Where(file => !DataFiles.IsRead(file, request.Kind, options)).Select(file => file.Path));
        }

        throw unread.Count > 0 ? DataFiles.NotRead(unread, request.Kind, options) : new MedicalGptException($"The files of the dataset {source.Name} are not where they are published.")
        {
            Place = folder,
            Given = string.Join(", ", Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(12)),
            Allowed = $"{string.Join(" or ", patterns)} (each also .gz or .zst)",
            Remedy = source.Repository is null ? $"unpack what {source.Homepage} offers into this folder" : $"fetch it whole: medgpt data pull {source.Repository}; or give files by --train-file-dir",
        };
    }

    private Dictionary<string, string> Columns(DatasetConfiguration configuration)
    {
        var columns = new Dictionary<string, string>(configuration.Columns);
        foreach (var (field, column) in options.Columns)
            columns[field] = column;
        return columns;
    }
}
