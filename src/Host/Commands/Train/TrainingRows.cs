using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>The rows of a stage: from files, from a dataset's folder, or from a dataset plugin.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="configuration">Its configuration; null = default.</param>
/// <param name="hasValidation">True when it has held-out rows.</param>
/// <param name="name">What to call it.</param>
internal sealed class TrainingRows(IDataset dataset, string? configuration, bool hasValidation, string name)
{
    /// <summary>What to call it in messages.</summary>
    public string Name { get; } = name;

    /// <summary>Chooses the source that the options name.</summary>
    /// <param name="options">Options.</param>
    /// <param name="plugin">The dataset plugin's component, made; null = files.</param>
    /// <param name="formats">File formats of plugins.</param>
    /// <param name="notice">Receives what a person should know.</param>
    /// <returns>The source.</returns>
    /// <exception cref="MedicalGptException">No rows are named.</exception>
    public static TrainingRows Open(DataOptions options, IDataset? plugin, IRowFormats formats, Action<string> notice)
    {
        if (plugin is not null)
            return new TrainingRows(plugin, options.DatasetConfigName, true, options.DatasetName!);
        var read = new DataReadOptions { Columns = options.Columns, OnBadRow = options.OnBadRow, SystemPrompt = options.SystemPrompt, Formats = formats, Notice = notice };
        if (options.TrainFileDir is { } path)
            return new TrainingRows(FileDataset.FromPath(path, options.ValidationFileDir, read), null, options.ValidationFileDir is not null, path);
        return options.DatasetName is { } name
            ? new TrainingRows(FileDataset.FromName(name, read), options.DatasetConfigName, false, name)
            : throw new MedicalGptException("No training rows are named.")
            {
                Allowed = "--train-file-dir DIR|FILE, or --dataset-name NAME|DIR with --dataset-config-name",
                Remedy = "add one of them",
            };
    }

    /// <summary>Reads a split.</summary>
    /// <param name="kind">The kind of rows.</param>
    /// <param name="split">train, validation or test.</param>
    /// <param name="most">Most rows; null or less than 1 = all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Rows; empty where the split does not exist.</returns>
    public async Task<IReadOnlyList<Example>> ReadAsync(ExampleKind kind, string split, int? most, CancellationToken cancellationToken)
    {
        var rows = new List<Example>();
        if (split != "train" && !hasValidation)
            return rows;
        await foreach (var row in dataset.ReadAsync(new DatasetRequest(kind, configuration, split), cancellationToken))
        {
            rows.Add(row);
            if (most is > 0 && rows.Count == most)
                break;
        }

        return rows;
    }
}
