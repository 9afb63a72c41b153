namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>Applies merges to one word: short words by scanning for the best pair, long ones with a heap over a linked list, so that no input takes quadratic time.</summary>
internal static class BytePairMerger
{
    private const int ScanLimit = 100;

    /// <summary>Merges until nothing merges.</summary>
    /// <param name="ids">Symbols; overwritten by tokens.</param>
    /// <param name="lengths">What each stands for; added up where symbols merge.</param>
    /// <param name="merges">Merges.</param>
    /// <returns>The number of tokens.</returns>
    public static int Merge(int[] ids, int[] lengths, MergeTable merges) => ids.Length <= ScanLimit ? Scan(ids, lengths, merges) : Heap(ids, lengths, merges);

    private static int Scan(int[] ids, int[] lengths, MergeTable merges)
    {
        Span<MergeRule> rules = stackalloc MergeRule[ScanLimit];
        var count = ids.Length;
        for (var i = 0; i + 1 < count; i++)
            rules[i] = merges.Get(ids[i], ids[i + 1]);
        while (true)
        {
            var best = -1;
            var bestRank = int.MaxValue;
            for (var i = 0; i + 1 < count; i++)
            {
                if (rules[i].Rank < bestRank)
                {
                    best = i;
                    bestRank = rules[i].Rank;
                }
            }

            if (best < 0)
                return count;
            ids[best] = rules[best].Id;
            lengths[best] += lengths[best + 1];
            Array.Copy(ids, best + 2, ids, best + 1, count - best - 2);
            Array.Copy(lengths, best + 2, lengths, best + 1, count - best - 2);
            if (best + 2 < count)
                rules[(best + 2)..(count - 1)].CopyTo(rules[(best + 1)..]);
            count--;
            if (best + 1 < count)
                rules[best] = merges.Get(ids[best], ids[best + 1]);
            if (best > 0)
                rules[best - 1] = merges.Get(ids[best - 1], ids[best]);
        }
    }

    private static int Heap(int[] ids, int[] lengths, MergeTable merges)
    {
        var next = new int[ids.Length];
        var previous = new int[ids.Length];
        var queue = new PriorityQueue<Candidate, ulong>();
        for (var i = 0; i < ids.Length; i++)
        {
            next[i] = i + 1 < ids.Length ? i + 1 : -1;
            previous[i] = i - 1;
        }

        for (var i = 0; i + 1 < ids.Length; i++)
            Offer(i);
        while (queue.TryDequeue(out var candidate, out _))
        {
            var (at, left, right, merged) = candidate;
            var after = next[at];
            if (ids[at] != left || after < 0 || ids[after] != right)
                continue;
            ids[at] = merged;
            lengths[at] += lengths[after];
            ids[after] = -1;
            next[at] = next[after];
            if (next[at] >= 0)
                previous[next[at]] = at;
            Offer(at);
            if (previous[at] >= 0)
                Offer(previous[at]);
        }

        var count = 0;
        for (var i = 0; i < ids.Length; i++)
            if (ids[i] >= 0)
                (ids[count], lengths[count++]) = (ids[i], lengths[i]);
        return count;

        void Offer(int at)
        {
            if (next[at] < 0)
                return;
            var rule = merges.Get(ids[at], ids[next[at]]);
            if (rule.Id >= 0)
                queue.Enqueue(new Candidate(at, ids[at], ids[next[at]], rule.Id), ((ulong)rule.Rank << 32) | (uint)at);
        }
    }

    private readonly record struct Candidate(int At, int Left, int Right, int Merged);
}
