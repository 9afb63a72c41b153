using System.Runtime.CompilerServices;
using System.Text.Json;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows of files on disk, read as a stream in a stable order: each row's shape is recognised, checked and mapped to the kind that a stage asks for.</summary>
public sealed class FileDataset : ISplitDataset, IKindDataset
{
    private readonly Func<DatasetRequest, IReadOnlyList<DataFile>> _files;
    private readonly DataReadOptions _options;
    private readonly ColumnMap _columns;
    private readonly RowJoins? _joins;
    private readonly Func<DatasetRequest, bool> _hasSplit;
    private readonly IReadOnlyDictionary<string, string> _named;

    /// <summary>Files that another class has found.</summary>
    /// <param name="files">Finds them.</param>
    /// <param name="options">How rows are read.</param>
    /// <param name="joins">Columns from other files.</param>
    /// <param name="hasSplit">Whether a split exists.</param>
    /// <param name="named">Those of the columns that a person named; null = all.</param>
    internal FileDataset(Func<DatasetRequest, IReadOnlyList<DataFile>> files, DataReadOptions options, RowJoins? joins = null, Func<DatasetRequest, bool>? hasSplit = null, IReadOnlyDictionary<string, string>? named = null)
    {
        _named = named ?? options.Columns;
        _files = files;
        _options = options;
        _columns = new ColumnMap(options.Columns, options.SharesColumns);
        _joins = joins;
        _hasSplit = hasSplit ?? (_ => true);
    }

    /// <summary>A file, or a folder searched recursively (<c>--train_file_dir</c>).</summary>
    /// <param name="trainPath">Where the split <c>train</c> is.</param>
    /// <param name="validationPath">Where the other splits are; null = they do not exist.</param>
    /// <param name="options">Columns and notices.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="MedicalGptException">A column template cannot be read.</exception>
    public static FileDataset FromPath(string trainPath, string? validationPath = null, DataReadOptions? options = null)
    {
        options ??= new DataReadOptions();
        return new FileDataset(request => request.Split == "train" ? TrainFiles(trainPath, request.Kind, options) : DataFiles.Find(validationPath ?? throw NoSplit(trainPath, request), request.Kind, options), options, hasSplit: request => request.Split == "train" || validationPath is not null);
    }

    /// <summary>
    /// A dataset by name (<c>--dataset_name</c>): a published one that a table of <see cref="DataReadOptions.Published"/> knows, or a folder laid out as on the hub, where the configuration is a sub-folder or a file name's
    /// beginning and the split a word in file names.
    /// </summary>
    /// <param name="name">A folder, or a name under <see cref="DataReadOptions.DatasetRoots"/> or in the hub's cache.</param>
    /// <param name="options">Columns, roots and notices.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="MedicalGptException">There is no such folder.</exception>
    public static ISplitDataset FromName(string name, DataReadOptions? options = null)
    {
        options ??= new DataReadOptions();
        var folder = FolderOf(name, options);
        if (!Directory.Exists(name) && PublishedDatasets.Find(options.Published, name) is { } source)
            return new PublishedDataset(source, folder, options);
        return new FileDataset(request => DatasetFolder.Files(folder, request, options), options, hasSplit: request => DatasetFolder.HasSplit(folder, request, options));
    }

    /// <summary>Looks at the columns that settings name, where the kind of the rows is still to be found out: one error before any file is read.</summary>
    /// <param name="options">How rows are read.</param>
    /// <exception cref="MedicalGptException">No shape of rows, of whatever kind, has such a field.</exception>
    public static void CheckColumns(DataReadOptions options) => ColumnFields.Check(options.Columns, null, options.Notice);

    /// <summary>The folder of a dataset by name, as <see cref="FromName"/> finds it.</summary>
    /// <param name="name">A folder, or a name.</param>
    /// <param name="options">Where it is looked up.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="MedicalGptException">There is none.</exception>
    public static string FolderOf(string name, DataReadOptions options) =>
        !Directory.Exists(name) && PublishedDatasets.Find(options.Published, name) is { } source ? DatasetFolder.Locate(source, options) : DatasetFolder.Locate(name, options);

    /// <inheritdoc/>
    public bool HasSplit(DatasetRequest request) => _hasSplit(request);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Example> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ColumnFields.Check(_named, request.Kind, _options.Notice);
        if (request.Kind == ExampleKind.Text && _options.SystemPrompt is { } system)
            throw new MedicalGptException("Texts have no system turn.") { Place = "--system-prompt", Given = system, Remedy = "leave the option out" };
        var use = new ColumnUse(_named.Keys.Where(field => request.Kind == ExampleKind.Prompt || ColumnFields.Of(request.Kind).Contains(field)));
        foreach (var file in _files(request))
        {
            var rows = file.IsPlainText ? ReadTextAsync(file.Path, cancellationToken) : ReadRowsAsync(file, request.Kind, use, cancellationToken);
            await foreach (var example in rows)
                yield return example;
        }

        use.Report(_options.Notice);
    }

    /// <inheritdoc/>
    public Task<KindLook> KindAsync(DatasetRequest request, CancellationToken cancellationToken) => new KindSurvey(_options, _columns).LookAsync(AnyFiles(request), cancellationToken);

    // Plain text is listed for the kind text alone.
    private IReadOnlyList<DataFile> AnyFiles(DatasetRequest request)
    {
        try
        {
            return _files(request with { Kind = ExampleKind.Conversation });
        }
        catch (MedicalGptException)
        {
            return _files(request with { Kind = ExampleKind.Text });
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

    private async IAsyncEnumerable<Example> ReadRowsAsync(DataFile file, ExampleKind kind, ColumnUse use, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shapes = new ShapeNotices(file.Path, kind, _options.Notice);
        var bad = new BadRows(_options, file.Path);
        await foreach (var (fields, origin) in RowReader.ReadAsync(file, _options, _columns, bad, cancellationToken))
        {
            if (!bad.TryRead(origin, () => Map(_joins?.Complete(fields, origin) ?? fields, origin, kind), out var mapped))
                continue;
            bad.Good();
            shapes.See(mapped.Row, mapped.Shape);
            use.See(mapped.Row);
            yield return mapped.Example;
        }

        shapes.Report();
        bad.Report();
    }

    private (DataRow Row, RowShape Shape, Example Example) Map(JsonElement fields, RowOrigin origin, ExampleKind kind)
    {
        var row = new DataRow(fields, origin, _columns);
        if (_options.RefuseOtherKinds && RowKinds.Of(row) is { } own && RowKinds.IsMoreSpecific(own, kind))
            throw new MedicalGptException($"The row is a {RowKinds.Name(own)}, the first rows of the file are {RowKinds.Name(kind)}s.") { Place = origin.ToString(), Given = $"the columns {string.Join(", ", row.Keys)}", Remedy = $"put rows of each kind into a file of their own, or say what they are: {origin.Source}:{RowKinds.Word(kind)}" };
        var shape = RowShapes.Detect(row, kind);
        return (row, shape, Complete(shape.Map(row), row) with { Origin = origin });
    }

    private Example Complete(Example example, DataRow row) => example switch
    {
        Conversation c when NeedsSystem(c.Messages) => c with { Messages = AddSystem(c.Messages) },
        PreferencePair p when NeedsSystem(p.Prompt) => p with { Prompt = AddSystem(p.Prompt) },
        UnpairedExample u when NeedsSystem(u.Prompt) => u with { Prompt = AddSystem(u.Prompt) },
        Prompt p when NeedsSystem(p.Messages) => p with { Messages = AddSystem(p.Messages) },
        Conversation or PreferencePair or UnpairedExample or Prompt => example,
        PromptCompletion when _options.SystemPrompt is { } system => throw ConversationShapes.Unused(row, $"--system-prompt \"{DataRow.Short(system)}\"", "leave the option out"),
        _ when _options.SystemPrompt is { } system => throw new MedicalGptException("The row is token ids already, so no system turn can be put in front of it.") { Place = row.Origin.ToString(), Given = $"--system-prompt \"{DataRow.Short(system)}\"", Remedy = "write the system turn's ids into the row, or leave the option out" },
        _ => example,
    };

    private bool NeedsSystem(IReadOnlyList<Message> messages) => _options.SystemPrompt is not null && messages[0].Role != Roles.System;

    private Message[] AddSystem(IReadOnlyList<Message> messages) => [new(Roles.System, _options.SystemPrompt!), .. messages];

    // A folder may hold all of a dataset.
    private static IReadOnlyList<DataFile> TrainFiles(string path, ExampleKind kind, DataReadOptions options)
    {
        var files = DataFiles.Find(path, kind, options);
        if (Directory.Exists(path) && DatasetFolder.HeldOut(path, files) is { Count: > 0 } held)
            options.Notice($"{path}: {held.Count} of its {files.Count} files {(held.Count > 1 ? "are" : "is")} named like rows that are held out, and {(held.Count > 1 ? "are" : "is")} trained on: {DataFiles.Some(held)}. Where that is not meant, move {(held.Count > 1 ? "them" : "it")} elsewhere (--validation-file-dir), or give the folder as --dataset-name, which tells splits apart.");
        return files;
    }

    private static MedicalGptException NoSplit(string path, DatasetRequest request) =>
        new($"{path} is the training data; there is no {request.Split} split. Give its path (--validation_file_dir) or let a part of the training rows be held out.");
}
