using MedicalGpt.Data;

namespace MedicalGpt.Training;

/// <summary>Counts what is in encoded rows, and hashes them, as they pass.</summary>
/// <param name="stopIds">End tokens.</param>
internal sealed class RowContent(IReadOnlyList<int> stopIds) : IDisposable
{
    private readonly RowFingerprint fingerprint = new();
    private long tokens, learned;
    private bool stops, allTokenized = true;
    private (int Id, RowOrigin Origin) lowest = (int.MaxValue, default), highest = (int.MinValue, default);

    /// <summary>Takes a row.</summary>
    public void Add(EncodedExample row)
    {
        fingerprint.Add(row);
        tokens += row.TokenCount;
        allTokenized &= row.Source is TokenizedSequence or TokenizedPair or TokenizedPrompt or RowReference { IsTokenized: true };
        foreach (var segment in row.Segments)
        {
            foreach (var id in segment.Ids)
            {
                if (id < lowest.Id)
                    lowest = (id, row.Source.Origin);
                if (id > highest.Id)
                    highest = (id, row.Source.Origin);
            }

            if (segment.Learned is not { } mask)
                continue;
            for (var t = 0; t < mask.Length; t++)
            {
                learned += mask[t] ? 1 : 0;
                stops |= mask[t] && !stops && stopIds.Contains(segment.Ids[t]);
            }
        }
    }

    /// <summary>Adds what was counted to a summary.</summary>
    public RowSummary AddTo(RowSummary summary) => summary with
    {
        Tokens = tokens,
        Learned = learned,
        LearnsToStop = stops,
        AllTokenized = allTokenized,
        LowestId = tokens > 0 ? lowest.Id : 0,
        HighestId = tokens > 0 ? highest.Id : 0,
        LowestPlace = lowest.Origin.ToString(),
        HighestPlace = highest.Origin.ToString(),
        Hash = fingerprint.ToHex(),
    };

    public void Dispose() => fingerprint.Dispose();
}
