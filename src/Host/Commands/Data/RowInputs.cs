using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>Reads sources as a person names them: kinds are found out, bad rows and unreadable files are collected instead of stopping.</summary>
/// <param name="stream">Gives the rows of a source in a split.</param>
/// <param name="read">How files are read.</param>
internal sealed class RowInputs(Func<RowSource, string, IAsyncEnumerable<Example>> stream, DataReadOptions read)
{
    private readonly List<FindingPlace> unread = [];

    /// <summary>The rows of a source.</summary>
    /// <param name="text">The source as written.</param>
    /// <param name="splits">Its splits; a path has one.</param>
    /// <param name="most">Most rows; 0 = all.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<Example> ReadAsync(string text, IReadOnlyList<string> splits, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var source = RowSource.Parse(text);
        var left = most > 0 ? most : int.MaxValue;
        if (!source.IsPath || RowSource.NamesKind(text))
        {
            foreach (var split in source.IsPath ? splits.Take(1) : splits)
                await foreach (var row in stream(source, split).Take(left).WithCancellation(cancellation))
                    yield return row;
            yield break;
        }

        foreach (var file in RowFiles.Of(source.Name))
        {
            if (await KindAsync(file, cancellation) is not { } kind)
                continue;
            await foreach (var row in stream(new RowSource(file, kind), "train").Take(left).WithCancellation(cancellation))
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
        if (unread.Count > 0)
            yield return new DataFinding("unread_files", FindingSeverity.Error, unread.Count, $"{unread.Count} files have rows of no known shape", "name their columns (--columns.question=COLUMN), or leave the files out", unread);
        if (read.Skipped.Count > 0)
            yield return new DataFinding("bad_rows", FindingSeverity.Error, read.Skipped.Count, FormattableString.Invariant($"{read.Skipped.Count:N0} rows cannot be used; training stops at them (or leaves them out with --on-bad-row skip)"), "mend or remove them", [.. read.Skipped.Listed.Take(5).Select(row => new FindingPlace(row.Origin, row.Reason.ReplaceLineEndings(" ")))]);
    }

    private async Task<ExampleKind?> KindAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return await RowFiles.KindOfAsync(file, read, cancellation);
        }
        catch (MedicalGptException error)
        {
            unread.Add(new FindingPlace(new RowOrigin(file, 1), $"{error.Message} Given: {error.Given ?? "?"}"));
            return null;
        }
    }
}
