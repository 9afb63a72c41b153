using System.Collections.Concurrent;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>Tokens of words that were met before; safe for use from several threads, bounded.</summary>
internal sealed class WordCache
{
    private const int Limit = 1 << 16;
    private const int WordLimit = 64;
    private readonly ConcurrentDictionary<string, ModelToken[]> _words = new();
    private readonly ConcurrentDictionary<string, ModelToken[]>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private int _count;

    public WordCache() => _bySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The tokens of a word; null = it is not known yet.</summary>
    public ModelToken[]? Find(ReadOnlySpan<char> word) => word.Length <= WordLimit && _bySpan.TryGetValue(word, out var tokens) ? tokens : null;

    /// <summary>Remembers a word while there is room.</summary>
    public ModelToken[] Keep(ReadOnlySpan<char> word, ModelToken[] tokens)
    {
        if (word.Length <= WordLimit && _count < Limit && _bySpan.TryAdd(word, tokens))
            Interlocked.Increment(ref _count);
        return tokens;
    }
}
