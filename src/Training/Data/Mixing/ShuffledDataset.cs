using System.Runtime.CompilerServices;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Data;

/// <summary>Brings a stream into another order with a buffer: each next row is drawn from as many rows as the buffer holds, so a row moves forward by less than the buffer's size. The same seed gives the same order.</summary>
/// <param name="inner">The rows.</param>
/// <param name="size">Rows that the buffer holds.</param>
/// <param name="seed">Seed of the draws.</param>
public sealed class ShuffledDataset(IDataset inner, int size, int seed) : IDataset
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<Example> ReadAsync(DatasetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var buffer = new List<Example>();
        await foreach (var row in inner.ReadAsync(request, cancellationToken))
        {
            if (buffer.Count < size)
            {
                buffer.Add(row);
                continue;
            }

            var at = random.Next(size);
            yield return buffer[at];
            buffer[at] = row;
        }

        for (var left = buffer.Count; left > 0; left--)
        {
            var at = random.Next(left);
            yield return buffer[at];
            buffer[at] = buffer[left - 1];
        }
    }
}
