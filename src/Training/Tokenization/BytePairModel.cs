using System.Collections.Concurrent;
using System.Text;

namespace MedicalGpt.Training.Tokenization;

/// <summary>
/// Byte-level byte pair encoding (Sennrich et al. 2016; Radford et al. 2019): a word starts as its UTF-8 bytes, and of all adjacent pairs the one whose merge is earliest in the list, leftmost first, is merged until none is left.
/// </summary>
internal sealed class BytePairModel : ITokenModel
{
    private const int CacheLimit = 1 << 16;
    private const int CachedWordLimit = 64;
    private readonly Vocabulary _vocabulary;
    private readonly MergeTable _merges;
    private readonly bool _ignoreMerges;
    private readonly int[] _byteIds;
    private readonly int[] _byteLengths;
    private readonly ConcurrentDictionary<string, int[]> _cache = new();
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _cacheBySpan;
    private int _cached;

    /// <summary>Creates the model.</summary>
    /// <param name="vocabulary">Token strings in <see cref="ByteAlphabet"/>.</param>
    /// <param name="merges">Merges.</param>
    /// <param name="byteIds">The token of each byte.</param>
    /// <param name="ignoreMerges">True = a word that is a token is that token, whatever the merges say.</param>
    public BytePairModel(Vocabulary vocabulary, MergeTable merges, int[] byteIds, bool ignoreMerges)
    {
        _vocabulary = vocabulary;
        _merges = merges;
        _byteIds = byteIds;
        _ignoreMerges = ignoreMerges;
        _byteLengths = [.. vocabulary.Tokens.Select(t => t?.Length ?? 0)];
        _cacheBySpan = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string?[] Tokens => _vocabulary.Tokens;

    public string Separator => "";

    public int? IdOf(string token) => _vocabulary.IdOf(token);

    public int ByteLength(int id, ReadOnlySpan<char> word) => _byteLengths[id];

    public int[] Encode(ReadOnlySpan<char> word)
    {
        if (_cacheBySpan.TryGetValue(word, out var known))
            return known;
        var ids = Merge(word);
        if (word.Length <= CachedWordLimit && _cached < CacheLimit && _cacheBySpan.TryAdd(word, ids))
            Interlocked.Increment(ref _cached);
        return ids;
    }

    public byte[] BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            var value = ByteAlphabet.ToByte(token[i]);
            if (value < 0)
                return Encoding.UTF8.GetBytes(token);
            bytes[i] = (byte)value;
        }

        return bytes;
    }

    private int[] Merge(ReadOnlySpan<char> word)
    {
        var bytes = Encoding.UTF8.GetBytes(word.ToString());
        if (_ignoreMerges && _vocabulary.IdOf(string.Create(bytes.Length, bytes, (span, b) => Spell(span, b))) is { } whole)
            return [whole];
        var ids = Array.ConvertAll(bytes, b => _byteIds[b]);
        return ids.Length < 2 ? ids : BytePairMerger.Merge(ids, _merges);
    }

    private static void Spell(Span<char> characters, byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
            characters[i] = ByteAlphabet.ToCharacter(bytes[i]);
    }
}
