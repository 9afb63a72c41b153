using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.DataChecks;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Data;

/// <summary><c>medgpt data convert</c>: rows of any readable shape and format as JSONL of one form; masks personal data, leaves repetitions out, holds rows out.</summary>
/// <param name="components">The plugins.</param>
/// <param name="console">Where the result is told.</param>
internal sealed class DataConvertCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <summary>Names under which rows are read as something else than JSON.</summary>
    private static readonly string[] OtherEndings = [".csv", ".tsv", ".txt", ".parquet", ".arrow", ".feather", ".xlsx", ".gz", ".zst"];

    /// <inheritdoc/>
    public string Name => "data convert";

    /// <inheritdoc/>
    public string Summary => "Write rows of any readable shape as JSONL of one form; mask, deduplicate, split.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [DataConvertOptions.Descriptor];

    /// <inheritdoc/>
    public string PositionalHelp => "[INPUT]";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "input" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var dataset = DatasetChoice.Find(components, request.Peek(Records).Bind<DataConvertOptions>().DatasetName);
        var resolution = request.Resolve([.. Records, .. dataset.Records]);
        var options = resolution.Bind<DataConvertOptions>();
        NamedRows.Require(options.Input, options.DatasetName, options.DatasetConfigName, options.Split);
        var named = dataset.IsNamed ? dataset.BindNamed(resolution, options.DatasetConfigName, options.Split) : null;
        return PreparedCommand.Create(resolution, async cancellation =>
        {
            if (options.ValidationOutput is { } second && Path.GetFullPath(second) == Path.GetFullPath(options.Output))
                throw new MedicalGptException("Held-out rows would replace the others.") { Place = "--output and --validation-output", Given = $"{second} for both", Remedy = "name two files" };
            string[] outputs = [options.Output, .. options.ValidationOutput is { } held ? [held] : Array.Empty<string>()];
            var read = components.Reading(new DataReadOptions { Columns = options.Columns, OnBadRow = options.OnBadRow, SystemPrompt = options.SystemPrompt, Notice = text => console.Line(text, LineStyle.Faint) });
            var input = named is null ? RowSource.Parse(options.Input).Name : dataset.IsPlugin ? null : FileDataset.FolderOf(options.DatasetName!, read);
            foreach (var output in outputs)
                Require(output, input, options);
            await using var train = new RowFileWriter(options.Output);
            await using var validation = options.ValidationOutput is { } path ? new RowFileWriter(path) : null;
            var counts = await WriteAsync(options, Rows(options, named, read, cancellation), train, validation, cancellation);
            train.Complete();
            validation?.Complete();
            console.Line(FormattableString.Invariant($"{train.Rows:N0} rows: {options.Output}{(validation is null ? "" : FormattableString.Invariant($"; {validation.Rows:N0} held out: {options.ValidationOutput}"))}; {counts.Repeated:N0} repetitions left out, {counts.Masked:N0} rows masked, {read.Skipped.Count:N0} bad rows skipped"));
            return CommandResult.Success with { Output = options.Output };
        });
    }

    private static async IAsyncEnumerable<Example> Rows(DataConvertOptions options, NamedRows? named, DataReadOptions read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var source = RowSource.Parse(options.Input);
        ExampleKind? asked = RowSource.NamesKind(options.Input) ? source.Kind : options.To != CanonicalForm.Auto ? CanonicalRows.KindOf(options.To) : null;
        if (named is not null)
        {
            await foreach (var row in asked is { } kindOfAll ? named.ReadAsync(kindOfAll, read, cancellation) : named.ReadAsync(read, cancellation))
                yield return row;
            yield break;
        }

        if (asked is null)
            FileDataset.CheckColumns(read);
        var files = new List<(string Path, ExampleKind Kind)>();
        foreach (var file in DataFiles.Paths(source.Name, asked, read))
            files.Add((file, asked ?? await RowFiles.LookAsync(file, read, cancellation) switch { { Kind: { } found } => found, var look => throw look.Error! }));
        RequireOneKind(source.Name, files);
        foreach (var (file, kind) in files)
        {
            await foreach (var row in FileDataset.FromPath(file, options: read with { RefuseOtherKinds = asked is null }).ReadAsync(new DatasetRequest(kind, null, "train"), cancellation))
                yield return row;
        }
    }

    private static void RequireOneKind(string folder, List<(string Path, ExampleKind Kind)> files)
    {
        var kinds = files.GroupBy(file => file.Kind).ToList();
        if (kinds.Count > 1)
            throw new MedicalGptException("The folder has rows of several kinds, and one file holds rows of one kind.")
            {
                Place = folder,
                Given = string.Join("; ", kinds.Select(kind => $"{RowSource.WordOf(kind.Key)}: {string.Join(", ", kind.Take(3).Select(file => Path.GetRelativePath(folder, file.Path)))}{(kind.Count() > 3 ? $" and {kind.Count() - 3} more" : "")}")),
                Allowed = "files of one kind",
                Remedy = $"convert each file or each kind's files apart, or say what all of them are to be read as: {folder}:{RowSource.WordOf(kinds[0].Key)}",
            };
    }

    private static async Task<ConvertCounts> WriteAsync(DataConvertOptions options, IAsyncEnumerable<Example> rows, RowFileWriter train, RowFileWriter? validation, CancellationToken cancellation)
    {
        var repeated = options.Dedupe == DedupeMode.None ? null : new RowRepetition(options.Dedupe == DedupeMode.Near);
        var (left, repetitions, masked) = (options.MaxSamples > 0 ? options.MaxSamples : long.MaxValue, 0L, 0L);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (left == 0)
                break;
            if (repeated?.Repeats(row) == true)
            {
                repetitions++;
                continue;
            }

            left--;
            var written = options.MaskPersonalData ? PersonalDataMask.Mask(row) : row;
            var line = CanonicalRows.Write(written, options.To).ToJsonString(JsonText.Line);
            masked += options.MaskPersonalData && line != CanonicalRows.Write(row, options.To).ToJsonString(JsonText.Line) ? 1 : 0;
            await (validation is not null && RowRepetition.Draw(row) < options.ValidationSplitPercentage / 100 ? validation : train).WriteAsync(line);
        }

        return new ConvertCounts(repetitions, masked);
    }

    private static void Require(string output, string? input, DataConvertOptions options)
    {
        if (OtherEndings.Any(ending => output.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            throw new MedicalGptException("The output's name stands for another format than the one that is written.") { Place = output, Allowed = "JSONL: a name that ends in .jsonl", Remedy = FormattableString.Invariant($"name it {Path.GetFileName(output).Split('.')[0]}.jsonl") };
        if (File.Exists(output) && !options.Overwrite)
            throw new MedicalGptException("The output exists.") { Place = output, Remedy = "name another file, or replace it with --overwrite true" };
        if (Directory.Exists(output))
            throw new MedicalGptException("The output is a folder.") { Place = output, Allowed = "a file", Remedy = "name a file, for example train.jsonl in it" };
        if (input is not null && PathScope.Holds(Path.GetFullPath(input), Path.GetFullPath(output)))
            throw new MedicalGptException("The output would replace the input, or be read as a part of it the next time.") { Place = output, Given = $"the input is {input}", Remedy = "name a file outside it" };
        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder)
            Directory.CreateDirectory(folder);
    }

    private sealed record ConvertCounts(long Repeated, long Masked);
}
