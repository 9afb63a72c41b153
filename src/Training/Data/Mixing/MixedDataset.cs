using System.Globalization;
using System.Runtime.CompilerServices;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Rows of several sources as one stream. The same seed gives the same rows in the same order; nothing is held in memory but one row of each source.</summary>
/// <param name="sources">The sources.</param>
/// <param name="strategy">How they are mixed.</param>
/// <param name="seed">Seed of the draws.</param>
/// <param name="options">How rows are read.</param>
/// <exception cref="MedicalGptException">A source would be read too often.</exception>
public sealed class MixedDataset(IReadOnlyList<MixedSource> sources, MixStrategy strategy, int seed, DataReadOptions options) : IDataset
{
    private const int MostRepetitions = 1000;
    private readonly IReadOnlyList<MixedSource> _sources = strategy == MixStrategy.Repeat && sources.FirstOrDefault(source => source.Weight > MostRepetitions) is { } often
        ? throw new MedicalGptException("A source would be read too often.")
        {
            Place = "--train-sources",
            Given = string.Create(CultureInfo.InvariantCulture, $"{often.Name}={often.Weight}, with --mix-strategy repeat: as often as that"),
            Allowed = string.Create(CultureInfo.InvariantCulture, $"at most {MostRepetitions} times"),
            Remedy = "give a smaller weight, or take weights as shares: --mix-strategy all_exhausted",
        }
        : sources;

    /// <inheritdoc/>
    public IAsyncEnumerable<Example> ReadAsync(DatasetRequest request, CancellationToken cancellationToken) =>
        strategy == MixStrategy.Repeat ? RepeatAsync(request, cancellationToken) : InterleaveAsync(request, cancellationToken);

    private async IAsyncEnumerable<Example> RepeatAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        foreach (var source in _sources)
            for (var left = source.Weight; left > 0; left--)
                await foreach (var row in Rows(source, request, cancellationToken))
                    if (left >= 1 || random.NextDouble() < left)
                        yield return row;
    }

    // A source has ended with its last row, not only when the next one is asked for; so the row after next is known.
    private async IAsyncEnumerable<Example> InterleaveAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var total = _sources.Sum(source => source.Weight);
        var open = new SourceCursor[_sources.Count];
        try
        {
            for (var i = 0; i < open.Length; i++)
            {
                var source = _sources[i];
                open[i] = await SourceCursor.OpenAsync(source.Name, () => Rows(source, request, cancellationToken).GetAsyncEnumerator(cancellationToken));
            }

            while (true)
            {
                var chosen = open[Draw(random.NextDouble() * total)];
                yield return await chosen.TakeAsync();
                if (strategy == MixStrategy.FirstExhausted ? chosen.HasEnded : Array.TrueForAll(open, cursor => cursor.HasEnded))
                    yield break;
            }
        }
        finally
        {
            foreach (var cursor in open.OfType<SourceCursor>())
                await cursor.DisposeAsync();
        }
    }

    private IAsyncEnumerable<Example> Rows(MixedSource source, DatasetRequest request, CancellationToken cancellationToken)
    {
        var (dataset, configuration) = source.Open(options with { SharesColumns = _sources.Count > 1 });
        return dataset.ReadAsync(request with { Configuration = configuration }, cancellationToken);
    }

    private int Draw(double at)
    {
        for (var i = 0; i < sources.Count - 1; i++)
        {
            at -= _sources[i].Weight;
            if (at < 0)
                return i;
        }

        return sources.Count - 1;
    }
}
