using System.Runtime.CompilerServices;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows of files on disk, read as a stream in a stable order: each row's shape is recognised, checked and mapped to the kind that a stage asks for.</summary>
public sealed class FileDataset : IDataset
{
    private readonly Func<DatasetRequest, IReadOnlyList<string>> _files;
    private readonly DataReadOptions _options;

    private FileDataset(Func<DatasetRequest, IReadOnlyList<string>> files, DataReadOptions options)
    {
        _files = files;
        _options = options;
    }

    /// <summary>A file, or a folder searched recursively (<c>--train_file_dir</c>).</summary>
    /// <param name="trainPath">Where the split <c>train</c> is.</param>
    /// <param name="validationPath">Where the other splits are; null = they do not exist.</param>
    /// <param name="options">Columns and notices.</param>
    /// <returns>The dataset.</returns>
    public static FileDataset FromPath(string trainPath, string? validationPath = null, DataReadOptions? options = null)
    {
        options ??= new DataReadOptions();
        return new FileDataset(request => DataFiles.Find(request.Split == "train" ? trainPath : validationPath ?? throw NoSplit(trainPath, request), request.Kind, options), options);
    }

    /// <summary>A dataset's folder by path or name (<c>--dataset_name</c>), laid out as on the hub: the configuration is a sub-folder or a file name's beginning, the split a word in file names.</summary>
    /// <param name="name">A folder, or a name under <see cref="DataReadOptions.DatasetRoots"/>.</param>
    /// <param name="options">Columns, roots and notices.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="MedicalGptException">There is no such folder.</exception>
    public static FileDataset FromName(string name, DataReadOptions? options = null)
    {
        options ??= new DataReadOptions();
        var folder = DatasetFolder.Locate(name, options.DatasetRoots);
        return new FileDataset(request => DatasetFolder.Files(folder, request, options), options);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Example> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in _files(request))
        {
            var rows = DataFiles.IsPlainText(file) ? ReadTextAsync(file, cancellationToken) : ReadRowsAsync(file, request.Kind, cancellationToken);
            await foreach (var example in rows)
                yield return example;
        }
    }

    private async IAsyncEnumerable<Example> ReadTextAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _options.Notice($"{file}: read as plain text, one document per line.");
        var bad = new BadRows(_options, file);
        await foreach (var (number, bytes) in LineReader.ReadAsync(file, cancellationToken))
        {
            var origin = new RowOrigin(file, number);
            if (bad.TryRead(origin, () => RowReader.Text(bytes.Span, origin), out var text) && !string.IsNullOrWhiteSpace(text))
                yield return new PlainText(text) { Origin = origin };
        }

        bad.Report();
    }

    private async IAsyncEnumerable<Example> ReadRowsAsync(string file, ExampleKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RowShape? last = null;
        var bad = new BadRows(_options, file);
        await foreach (var (fields, origin) in RowReader.ReadAsync(file, _options, bad, cancellationToken))
        {
            if (!bad.TryRead(origin, () => Map(fields, origin, kind, last), out var mapped))
                continue;
            bad.Good();
            last = mapped.Shape;
            yield return mapped.Example;
        }

        bad.Report();
    }

    private (RowShape Shape, Example Example) Map(JsonElement fields, RowOrigin origin, ExampleKind kind, RowShape? last)
    {
        var row = new DataRow(fields, origin, _options.Columns);
        var shape = RowShapes.Detect(row, kind);
        var example = Complete(shape.Map(row)) with { Origin = origin };
        if (shape != last)
            _options.Notice($"{(last is null ? origin.Source : origin)}: read as {shape.Name} because the row has {string.Join(", ", shape.Fields.Select(f => $"\"{row.Column(f)}\""))}.");
        return (shape, example);
    }

    private Example Complete(Example example) => example switch
    {
        Conversation c when NeedsSystem(c.Messages) => c with { Messages = AddSystem(c.Messages) },
        PreferencePair p when NeedsSystem(p.Prompt) => p with { Prompt = AddSystem(p.Prompt) },
        Prompt p when NeedsSystem(p.Messages) => p with { Messages = AddSystem(p.Messages) },
        _ => example,
    };

    private bool NeedsSystem(IReadOnlyList<Message> messages) => _options.SystemPrompt is not null && messages[0].Role != Roles.System;

    private Message[] AddSystem(IReadOnlyList<Message> messages) => [new(Roles.System, _options.SystemPrompt!), .. messages];

    private static MedicalGptException NoSplit(string path, DatasetRequest request) =>
        new($"{path} is the training data; there is no {request.Split} split. Give its path (--validation_file_dir) or let a part of the training rows be held out.");
}
