using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>
/// The rows of a stage as streams: from files, from several sources, from a dataset's folder, or from a dataset plugin. A stream is read more than once; notices are given and left-out rows are collected the first time only.
/// </summary>
internal sealed class TrainingRows
{
    private readonly Sources _first;
    private readonly Sources _again;

    private TrainingRows(Sources first, Sources again) => (_first, _again) = (first, again);

    /// <summary>Chooses the source that the options name.</summary>
    /// <param name="options">Options.</param>
    /// <param name="plugin">The dataset plugin's component, made; null = files.</param>
    /// <param name="components">Plugins, for their file formats and tables of published datasets.</param>
    /// <param name="seed">Seed of mixing and of the shuffle buffer.</param>
    /// <param name="skipped">Collects the rows that are left out.</param>
    /// <param name="notice">Receives what a person should know.</param>
    /// <returns>The source.</returns>
    /// <exception cref="MedicalGptException">No rows are named.</exception>
    public static TrainingRows Open(DataOptions options, IDataset? plugin, InstalledComponents components, int seed, SkippedRows skipped, Action<string> notice)
    {
        var read = components.Reading(new DataReadOptions { Columns = options.Columns, OnBadRow = options.OnBadRow, SystemPrompt = options.SystemPrompt, Skipped = skipped, Notice = notice });
        return new TrainingRows(Find(options, plugin, read, seed), Find(options, plugin, read with { Skipped = new SkippedRows(), Notice = _ => { } }, seed));
    }

    /// <summary>The rows of a split.</summary>
    /// <param name="kind">The kind of rows.</param>
    /// <param name="split">train, validation or test.</param>
    /// <returns>Rows; none where the split does not exist.</returns>
    public IAsyncEnumerable<Example> Stream(ExampleKind kind, string split)
    {
        var request = new DatasetRequest(kind, split == "train" ? _first.Configuration : _first.HeldOutConfiguration, split);
        if (split == "train")
            return new RowStream(_first.Train, _again.Train, request);
        return _first.HeldOut is null || (_first.HeldOut is ISplitDataset splits && !splits.HasSplit(request))
            ? AsyncEnumerable.Empty<Example>()
            : new RowStream(_first.HeldOut, _again.HeldOut!, request);
    }

    private static Sources Find(DataOptions options, IDataset? plugin, DataReadOptions read, int seed)
    {
        var (rows, configuration) = Train(options, plugin, read, seed);
        var buffered = options.ShuffleBufferSize > 1 ? new ShuffledDataset(rows, options.ShuffleBufferSize, seed) : rows;
        if (plugin is not null && rows == plugin)
            return new Sources(buffered, configuration, plugin, configuration);
        return options.ValidationFileDir is { } path
            ? new Sources(buffered, configuration, FileDataset.FromPath(path, path, read), null)
            : new Sources(buffered, configuration, rows as ISplitDataset, configuration);
    }

    private static (IDataset Rows, string? Configuration) Train(DataOptions options, IDataset? plugin, DataReadOptions read, int seed)
    {
        if (options.TrainSources.Length > 0 && options.TrainFileDir is not null)
            throw new MedicalGptException("Training rows are named twice.") { Place = "--train-sources and --train-file-dir", Allowed = "one of them", Remedy = "name the file or folder among the sources" };
        if (options.DatasetConfigName is { } configuration && options.DatasetName is null && (options.TrainFileDir ?? (options.TrainSources.Length > 0 ? options.TrainSources[0] : null)) is { } given)
            throw new MedicalGptException("A configuration is named, but no dataset that it is of.") { Place = "--dataset-config-name", Given = $"{configuration}, beside the rows {given}", Allowed = "--dataset-name with it, NAME:CONFIGURATION in --train-sources, or neither", Remedy = "name the dataset instead of the path (--dataset-name DIR, where DIR is laid out as on the hub), or leave the configuration out" };
        if (options.DatasetName is { } other && (options.TrainFileDir ?? (options.TrainSources.Length > 0 ? "--train-sources" : null)) is { } instead)
            read.Notice(plugin is not null && options.TrainSources.Length == 0 ? $"--dataset-name {other} is read; the rows of --train-file-dir {instead} are not." : $"--dataset-name {other}{(options.DatasetConfigName is { } unused ? $" (configuration {unused})" : "")} is not read: the rows are those of {(instead == "--train-sources" ? instead : "--train-file-dir " + instead)}.");
        if (options.TrainSources.Length > 0)
            return (new MixedDataset([.. options.TrainSources.Select(MixedSource.Parse)], options.MixStrategy, seed, read), null);
        if (plugin is not null)
            return (plugin, options.DatasetConfigName);
        if (options.TrainFileDir is { } path)
            return (FileDataset.FromPath(path, null, read), null);
        return options.DatasetName is { } name
            ? (FileDataset.FromName(name, read), options.DatasetConfigName)
            : throw new MedicalGptException("No training rows are named.")
            {
                Allowed = "--train-file-dir DIR|FILE, --train-sources NAME=WEIGHT …, or --dataset-name NAME|DIR with --dataset-config-name",
                Remedy = "add one of them",
            };
    }

    private sealed record Sources(IDataset Train, string? Configuration, IDataset? HeldOut, string? HeldOutConfiguration);

    private sealed class RowStream(IDataset first, IDataset again, DatasetRequest request) : IAsyncEnumerable<Example>
    {
        private int reads;

        public IAsyncEnumerator<Example> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            (Interlocked.Increment(ref reads) == 1 ? first : again).ReadAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
