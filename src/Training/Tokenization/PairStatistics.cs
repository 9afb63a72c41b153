using System.Runtime.InteropServices;

namespace MedicalGpt.Training.Tokenization;

/// <summary>How often each pair occurs and in which words, kept current while pairs are merged: a merge changes only the pairs beside it.</summary>
internal sealed class PairStatistics
{
    private readonly List<TrainingWord> _words;
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), List<int>> _where = [];
    private readonly PriorityQueue<TokenPair, (long NegativeCount, TokenPair Pair)> _queue = new();

    /// <summary>Counts the pairs of words.</summary>
    public PairStatistics(List<TrainingWord> words)
    {
        _words = words;
        for (var word = 0; word < words.Count; word++)
            for (var i = 0; i + 1 < words[word].Ids.Count; i++)
                Add(words[word].Ids[i], words[word].Ids[i + 1], word);
        foreach (var (left, right) in _counts.Keys)
            Enqueue(new TokenPair(left, right));
    }

    /// <summary>The most frequent pair; null when none occurs often enough.</summary>
    public TokenPair? Best(int minimum)
    {
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            var count = _counts.GetValueOrDefault((pair.Left, pair.Right));
            if (count == -priority.NegativeCount)
                return count >= minimum ? pair : null;
            if (count > 0)
                Enqueue(pair);
        }

        return null;
    }

    /// <summary>Merges a pair in all words, from the left in each.</summary>
    public void Merge(TokenPair pair, int id)
    {
        var fresh = new HashSet<(int Left, int Right)>();
        var words = _where[(pair.Left, pair.Right)];
        _where.Remove((pair.Left, pair.Right));
        foreach (var word in words)
            Merge(word, pair, id, fresh);
        _counts.Remove((pair.Left, pair.Right));
        foreach (var (left, right) in fresh)
            Enqueue(new TokenPair(left, right));
    }

    private void Merge(int word, TokenPair pair, int id, HashSet<(int Left, int Right)> fresh)
    {
        var ids = _words[word].Ids;
        var write = 0;
        for (var read = 0; read < ids.Count; read++, write++)
        {
            if (read + 1 >= ids.Count || ids[read] != pair.Left || ids[read + 1] != pair.Right)
            {
                ids[write] = ids[read];
                continue;
            }

            if (write > 0)
                Replace((ids[write - 1], pair.Left), (ids[write - 1], id));
            if (read + 2 < ids.Count)
                Replace((pair.Right, ids[read + 2]), (id, ids[read + 2]));
            ids[write] = id;
            read++;
        }

        ids.RemoveRange(write, ids.Count - write);

        void Replace((int Left, int Right) old, (int Left, int Right) now)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, old, out _) -= _words[word].Count;
            Add(now.Left, now.Right, word);
            fresh.Add(now);
        }
    }

    private void Add(int left, int right, int word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, (left, right), out _) += _words[word].Count;
        var where = CollectionsMarshal.GetValueRefOrAddDefault(_where, (left, right), out _) ??= [];
        if (where.Count == 0 || where[^1] != word)
            where.Add(word);
    }

    private void Enqueue(TokenPair pair) => _queue.Enqueue(pair, (-_counts.GetValueOrDefault((pair.Left, pair.Right)), pair));
}
