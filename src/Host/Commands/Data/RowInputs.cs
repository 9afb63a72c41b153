using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Reads sources as a person names them: kinds are found out, bad rows and unreadable files are collected instead of stopping.</summary>
/// <param name="open">Gives the dataset of a source, read in a certain way.</param>
/// <param name="read">How files are read.</param>
internal sealed class RowInputs(Func<RowSource, DataReadOptions, IDataset> open, DataReadOptions read)
{
    private readonly UnreadFiles unread = new();

    /// <summary>The rows of a source.</summary>
    /// <param name="text">The source as written.</param>
    /// <param name="splits">Its splits; a path has one. Of several, those are read that there are.</param>
    /// <param name="most">Most rows; 0 = all.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<Example> ReadAsync(string text, IReadOnlyList<string> splits, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var source = RowSource.Parse(text);
        var left = most > 0 ? most : int.MaxValue;
        ExampleKind? named = RowSource.NamesKind(text) ? source.Kind : null;
        if (named is null)
            FileDataset.CheckColumns(read);
        if (!source.IsPath)
        {
            if (named is null)
                source = source with { Kind = await KindAsync(text, source, splits, cancellation) };
            foreach (var split in splits.Where(split => splits.Count == 1 || open(source, read) is not ISplitDataset dataset || dataset.HasSplit(source.Request(split))))
                await foreach (var row in open(source, read with { RefuseOtherKinds = named is null }).ReadAsync(source.Request(split), cancellation).Take(left))
                    yield return row;
            yield break;
        }

        foreach (var file in DataFiles.Paths(source.Name, named, read))
        {
            if ((named ?? await KindAsync(file, cancellation)) is not { } kind)
                continue;
            await foreach (var row in RowsAsync(new RowSource(file, kind), read with { RefuseOtherKinds = named is null }, cancellation).Take(left))
            {
                left--;
                yield return row;
            }

            if (left <= 0)
                yield break;
        }
    }

    /// <summary>What could not be read.</summary>
    public IEnumerable<DataFinding> Findings()
    {
        foreach (var finding in unread.Findings())
            yield return finding;
        if (read.Skipped.Count > 0)
            yield return new DataFinding("bad_rows", FindingSeverity.Error, read.Skipped.Count, FormattableString.Invariant($"{read.Skipped.Count:N0} rows cannot be used; training stops at them (or leaves them out with --on-bad-row skip)"), "mend or remove them", [.. read.Skipped.Listed.Take(5).Select(row => new FindingPlace(row.Origin, row.Reason.ReplaceLineEndings(" ")))]);
    }

    /// <summary>The rows of a file up to where it cannot be read further.</summary>
    private async IAsyncEnumerable<Example> RowsAsync(RowSource file, DataReadOptions how, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = open(file, how).ReadAsync(file.Request("train"), cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await rows.MoveNextAsync())
                    yield break;
            }
            catch (MedicalGptException error)
            {
                unread.Add(file.Name, error, FileFault.Unreadable);
                yield break;
            }

            yield return rows.Current;
        }
    }

    /// <summary>The kind of the first split that has rows.</summary>
    private async Task<ExampleKind> KindAsync(string text, RowSource source, IReadOnlyList<string> splits, CancellationToken cancellation)
    {
        MedicalGptException? first = null;
        foreach (var split in splits)
        {
            var look = await RowFiles.LookAsync(text, how => open(source, how), source.Request(split), read, cancellation);
            if (look.Kind is { } kind)
                return kind;
            first ??= look.Error;
        }

        throw first!;
    }

    private async Task<ExampleKind?> KindAsync(string file, CancellationToken cancellation)
    {
        var look = await RowFiles.LookAsync(file, read, cancellation);
        if (look.Error is { } error)
            unread.Add(file, error, look.Fault);
        return look.Kind;
    }
}
