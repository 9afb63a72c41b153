using System.Runtime.CompilerServices;
using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>Reads the texts that a tokenizer learns from: rows of text, and every message of rows of other kinds.</summary>
/// <param name="open">Gives the dataset of a source, read in a certain way.</param>
/// <param name="read">How files are read; a bad row fails.</param>
internal sealed class TokenizerTexts(Func<RowSource, DataReadOptions, IDataset> open, DataReadOptions read)
{
    private readonly SortedDictionary<ExampleKind, (long Rows, long Texts)> _counts = [];

    /// <summary>How many rows of each kind were read, and how many texts they gave.</summary>
    public string Counts => string.Join(", ", _counts.Select(kind => $"{kind.Value.Rows:N0} {RowSource.WordOf(kind.Key)} rows ({kind.Value.Texts:N0} texts)"));

    /// <summary>The texts of a source, in the order of its rows.</summary>
    /// <param name="name">The source as written. Without a kind, rows are texts where they can be, else what they are found to be.</param>
    /// <param name="cancellation">Stops.</param>
    public async IAsyncEnumerable<string> ReadAsync(string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var source = RowSource.Parse(name);
        var named = RowSource.NamesKind(name);
        var parts = !named && source.IsPath ? DataFiles.Paths(source.Name, null, read).Select(file => new RowSource(file, source.Kind)) : [source];
        foreach (var part in parts)
        {
            if ((named ? part.Kind : await KindAsync(part, cancellation)) is not { } kind)
                continue;
            await foreach (var row in open(part, read).ReadAsync((part with { Kind = kind }).Request("train"), cancellation))
            {
                var texts = ExampleTexts.Of(row).ToList();
                var (rows, before) = _counts.GetValueOrDefault(kind);
                _counts[kind] = (rows + 1, before + texts.Count);
                foreach (var text in texts)
                    yield return text;
            }
        }
    }

    // Rows that can be read as text are, whatever else they hold; null = the source is empty.
    private async Task<ExampleKind?> KindAsync(RowSource source, CancellationToken cancellation)
    {
        var quiet = read with { Notice = _ => { }, Skipped = new SkippedRows() };
        MedicalGptException refusal;
        try
        {
            await using var rows = open(source, quiet).ReadAsync((source with { Kind = ExampleKind.Text }).Request("train"), cancellation).GetAsyncEnumerator(cancellation);
            return await rows.MoveNextAsync() ? ExampleKind.Text : null;
        }
        catch (MedicalGptException error)
        {
            refusal = error;
        }

        var look = await RowFiles.LookAsync(source.Name, how => open(source, how), source.Request("train"), read, cancellation);
        return look.Kind ?? throw (look.Fault == FileFault.Unusable ? look.Error! : refusal);
    }
}
