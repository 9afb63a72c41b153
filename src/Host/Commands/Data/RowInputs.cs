using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Reads sources as a person names them: kinds are found out, bad rows and unreadable files are collected instead of stopping.</summary>
/// <param name="stream">Gives the rows of a source in a split, read in a certain way.</param>
/// <param name="read">How files are read.</param>
internal sealed class RowInputs(Func<RowSource, string, DataReadOptions, IAsyncEnumerable<Example>> stream, DataReadOptions read)
{
    private readonly UnreadFiles unread = new();

    /// <summary>The rows of a source.</summary>
    /// <param name="text">The source as written.</param>
    /// <param name="splits">Its splits; a path has one.</param>
    /// <param name="most">Most rows; 0 = all.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<Example> ReadAsync(string text, IReadOnlyList<string> splits, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var source = RowSource.Parse(text);
        var left = most > 0 ? most : int.MaxValue;
        if (!source.IsPath)
        {
            if (!RowSource.NamesKind(text))
                source = source with { Kind = await new NamedRows(text, (kind, how) => stream(source with { Kind = kind }, splits[0], how)).KindAsync(read, cancellation) };
            foreach (var split in splits)
                await foreach (var row in stream(source, split, read).Take(left).WithCancellation(cancellation))
                    yield return row;
            yield break;
        }

        ExampleKind? named = RowSource.NamesKind(text) ? source.Kind : null;
        foreach (var file in DataFiles.Paths(source.Name, named, read))
        {
            if ((named ?? await KindAsync(file, cancellation)) is not { } kind)
                continue;
            await foreach (var row in RowsAsync(new RowSource(file, kind), cancellation).Take(left))
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
    private async IAsyncEnumerable<Example> RowsAsync(RowSource file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = stream(file, "train", read).GetAsyncEnumerator(cancellation);
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

    private async Task<ExampleKind?> KindAsync(string file, CancellationToken cancellation)
    {
        var look = await RowFiles.LookAsync(file, read, cancellation);
        if (look.Error is { } error)
            unread.Add(file, error, look.Fault);
        return look.Kind;
    }
}
