using System.Runtime.InteropServices;

namespace MedicalGpt.Training.Tokenization;

/// <summary>How often each pair occurs and in which words, kept current while pairs are merged.</summary>
internal sealed class PairStatistics
{
    private readonly List<TrainingWord> _words;
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _where = [];
    private readonly PriorityQueue<TokenPair, (long NegativeCount, TokenPair Pair)> _queue = new();

    /// <summary>Counts the pairs of words.</summary>
    public PairStatistics(List<TrainingWord> words)
    {
        _words = words;
        for (var word = 0; word < words.Count; word++)
            Count(word, +1, []);
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

    /// <summary>Merges a pair in all words.</summary>
    public void Merge(TokenPair pair, int id)
    {
        var changed = new HashSet<(int, int)>();
        foreach (var word in _where[(pair.Left, pair.Right)].Order().ToArray())
        {
            Count(word, -1, []);
            _words[word].Merge(pair, id);
            Count(word, +1, changed);
        }

        foreach (var (left, right) in changed)
            if (left == id || right == id)
                Enqueue(new TokenPair(left, right));
        _counts.Remove((pair.Left, pair.Right));
        _where.Remove((pair.Left, pair.Right));
    }

    private void Count(int word, int sign, HashSet<(int, int)> seen)
    {
        var ids = _words[word].Ids;
        for (var i = 0; i + 1 < ids.Count; i++)
        {
            var pair = (ids[i], ids[i + 1]);
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += sign * _words[word].Count;
            if (sign > 0)
                (CollectionsMarshal.GetValueRefOrAddDefault(_where, pair, out _) ??= []).Add(word);
            seen.Add(pair);
        }
    }

    private void Enqueue(TokenPair pair) => _queue.Enqueue(pair, (-_counts.GetValueOrDefault((pair.Left, pair.Right)), pair));
}
