using System.Text;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>
/// Byte pair encoding (Sennrich et al. 2016; Radford et al. 2019): a word starts as its symbols, and of all adjacent pairs the one whose merge is earliest in the list, leftmost first, is merged until none is left.
/// </summary>
/// <param name="vocabulary">Token strings.</param>
/// <param name="merges">Merges.</param>
/// <param name="symbols">What a word starts as.</param>
/// <param name="ignoreMerges">True = a word that is a token is that token, whatever the merges say.</param>
/// <param name="cuts">Where text can be cut before it is merged; null = nowhere.</param>
internal sealed class BytePairModel(Vocabulary vocabulary, MergeTable merges, ISymbolReader symbols, bool ignoreMerges, SafeCuts? cuts) : ITokenModel
{
    private readonly WordCache _cache = new();

    public string?[] Tokens => vocabulary.Tokens;

    public int? IdOf(string token) => vocabulary.IdOf(token);

    public ModelToken[] Encode(ReadOnlySpan<char> word)
    {
        if (_cache.Find(word) is { } known)
            return known;
        if (cuts is null || word.Length < 2)
            return _cache.Keep(word, Merge(word));
        var tokens = new List<ModelToken>();
        var offset = 0;
        for (var start = 0; start < word.Length;)
        {
            var part = word[start..cuts.Next(word, start)];
            start += part.Length;
            foreach (var token in part.Length == word.Length ? Merge(part) : _cache.Find(part) ?? _cache.Keep(part, Merge(part)))
                tokens.Add(new ModelToken(token.Id, token.Start + offset, token.End + offset));
            offset += Encoding.UTF8.GetByteCount(part);
        }

        return _cache.Keep(word, [.. tokens]);
    }

    private ModelToken[] Merge(ReadOnlySpan<char> word)
    {
        if (ignoreMerges && symbols.Whole(word) is { } whole)
            return [new ModelToken(whole, 0, Encoding.UTF8.GetByteCount(word))];
        var (ids, lengths) = symbols.Read(word);
        var merged = ids.Length < 2 ? ids.Length : BytePairMerger.Merge(ids, lengths, merges);
        var tokens = new ModelToken[merged];
        var start = 0;
        for (var i = 0; i < merged; i++)
        {
            tokens[i] = new ModelToken(ids[i], start, start + lengths[i]);
            start += lengths[i];
        }

        return tokens;
    }
}
