using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>The rows of a stage as streams: from files, from a dataset's folder, or from a dataset plugin. A stream is read more than once; notices are given and left-out rows are collected the first time only.</summary>
/// <param name="first">The dataset, as it is read the first time.</param>
/// <param name="again">The same rows without notices.</param>
/// <param name="configuration">Its configuration; null = default.</param>
/// <param name="hasValidation">True when it has held-out rows.</param>
internal sealed class TrainingRows(IDataset first, IDataset again, string? configuration, bool hasValidation)
{
    /// <summary>Chooses the source that the options name.</summary>
    /// <param name="options">Options.</param>
    /// <param name="plugin">The dataset plugin's component, made; null = files.</param>
    /// <param name="formats">File formats of plugins.</param>
    /// <param name="skipped">Collects the rows that are left out.</param>
    /// <param name="notice">Receives what a person should know.</param>
    /// <returns>The source.</returns>
    /// <exception cref="MedicalGptException">No rows are named.</exception>
    public static TrainingRows Open(DataOptions options, IDataset? plugin, IRowFormats formats, SkippedRows skipped, Action<string> notice)
    {
        if (plugin is not null)
            return new TrainingRows(plugin, plugin, options.DatasetConfigName, true);
        var read = new DataReadOptions { Columns = options.Columns, OnBadRow = options.OnBadRow, SystemPrompt = options.SystemPrompt, Formats = formats, Skipped = skipped, Notice = notice };
        var quiet = read with { Skipped = new SkippedRows(), Notice = _ => { } };
        if (options.TrainFileDir is { } path)
            return new TrainingRows(FileDataset.FromPath(path, options.ValidationFileDir, read), FileDataset.FromPath(path, options.ValidationFileDir, quiet), null, options.ValidationFileDir is not null);
        return options.DatasetName is { } name
            ? new TrainingRows(FileDataset.FromName(name, read), FileDataset.FromName(name, quiet), options.DatasetConfigName, false)
            : throw new MedicalGptException("No training rows are named.")
            {
                Allowed = "--train-file-dir DIR|FILE, or --dataset-name NAME|DIR with --dataset-config-name",
                Remedy = "add one of them",
            };
    }

    /// <summary>The rows of a split.</summary>
    /// <param name="kind">The kind of rows.</param>
    /// <param name="split">train, validation or test.</param>
    /// <returns>Rows; none where the split does not exist.</returns>
    public IAsyncEnumerable<Example> Stream(ExampleKind kind, string split) =>
        split == "train" || hasValidation ? new RowStream(first, again, new DatasetRequest(kind, configuration, split)) : AsyncEnumerable.Empty<Example>();

    private sealed class RowStream(IDataset first, IDataset again, DatasetRequest request) : IAsyncEnumerable<Example>
    {
        private int reads;

        public IAsyncEnumerator<Example> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            (Interlocked.Increment(ref reads) == 1 ? first : again).ReadAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
