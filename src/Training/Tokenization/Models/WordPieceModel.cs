using System.Text;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>WordPiece (Schuster and Nakajima 2012, as BERT uses it): the longest token that a word begins with, then the longest that continues it; a word that has no such cut is the unknown token.</summary>
/// <param name="vocabulary">Token strings.</param>
/// <param name="unknownId">The unknown token.</param>
/// <param name="prefix">What tokens inside a word begin with.</param>
/// <param name="longestWord">Characters; longer words are the unknown token.</param>
internal sealed class WordPieceModel(Vocabulary vocabulary, int unknownId, string prefix, int longestWord) : ITokenModel
{
    private readonly WordCache _cache = new();
    private readonly int _longestToken = vocabulary.Tokens.Max(t => t?.Length ?? 0);

    public string?[] Tokens => vocabulary.Tokens;

    public int? IdOf(string token) => vocabulary.IdOf(token);

    public ModelToken[] Encode(ReadOnlySpan<char> word) => _cache.Find(word) ?? _cache.Keep(word, Cut(word));

    private ModelToken[] Cut(ReadOnlySpan<char> word)
    {
        var unknown = new ModelToken(unknownId, 0, Encoding.UTF8.GetByteCount(word));
        if (word.Length > longestWord && Count(word) > longestWord)
            return [unknown];
        var tokens = new List<ModelToken>();
        var buffer = new char[_longestToken + prefix.Length];
        prefix.CopyTo(buffer);
        for (var (start, offset) = (0, 0); start < word.Length;)
        {
            var end = Longest(word, start, buffer, out var id);
            if (end == start)
                return [unknown];
            var bytes = Encoding.UTF8.GetByteCount(word[start..end]);
            tokens.Add(new ModelToken(id, offset, offset + bytes));
            (start, offset) = (end, offset + bytes);
        }

        return [.. tokens];
    }

    private int Longest(ReadOnlySpan<char> word, int start, char[] buffer, out int id)
    {
        var most = Math.Min(word.Length - start, _longestToken);
        word.Slice(start, most).CopyTo(buffer.AsSpan(prefix.Length));
        for (var length = most; length > 0; length--)
        {
            var token = start > 0 ? buffer.AsSpan(0, prefix.Length + length) : buffer.AsSpan(prefix.Length, length);
            if (vocabulary.IdOf(token) is not { } found)
                continue;
            id = found;
            return start + length;
        }

        id = -1;
        return start;
    }

    private static int Count(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes())
            count++;
        return count;
    }
}
