using System.Globalization;
using System.Text;

namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>
/// Unigram (Kudo 2018): of all ways to cut a word into tokens the one with the greatest sum of scores, found from left to right (Viterbi). A character without a token costs 10 more than the rarest token;
/// neighbouring ones are fused, then written as tokens of bytes where the vocabulary has them.
/// </summary>
internal sealed class UnigramModel : ITokenModel
{
    private const double UnknownPenalty = 10;
    private readonly Vocabulary _vocabulary;
    private readonly double[] _scores;
    private readonly PrefixTree _tree;
    private readonly double _unknownScore;
    private readonly int? _unknownId;
    private readonly int[]? _byteIds;
    private readonly string _source;
    private readonly WordCache _cache = new();

    /// <summary>Creates the model.</summary>
    /// <param name="pieces">Tokens and scores by id; of equal tokens the last counts.</param>
    /// <param name="unknownId">The unknown token; null = none.</param>
    /// <param name="byteFallback">Whether tokens of bytes stand for unknown text.</param>
    /// <param name="source">The file, for errors.</param>
    public UnigramModel(IReadOnlyList<KeyValuePair<string, double>> pieces, int? unknownId, bool byteFallback, string source)
    {
        var ids = new Dictionary<string, int>(pieces.Count);
        for (var id = 0; id < pieces.Count; id++)
            ids[pieces[id].Key] = id;
        _scores = [.. pieces.Select(p => p.Value)];
        _vocabulary = new Vocabulary(ids, [.. pieces.Select(p => p.Key)]);
        _tree = new PrefixTree(ids);
        _unknownScore = (pieces.Count == 0 ? 0 : _scores.Min()) - UnknownPenalty;
        _unknownId = unknownId;
        _source = source;
        if (byteFallback)
            _byteIds = [.. Enumerable.Range(0, 256).Select(b => ids.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"), -1))];
    }

    public string?[] Tokens => _vocabulary.Tokens;

    public int? IdOf(string token) => _vocabulary.IdOf(token);

    public ModelToken[] Encode(ReadOnlySpan<char> word) => _cache.Find(word) ?? _cache.Keep(word, Cut(word));

    private ModelToken[] Cut(ReadOnlySpan<char> word)
    {
        var cuts = Backward(word, Forward(word));
        var tokens = new List<ModelToken>(cuts.Count);
        var offset = 0;
        foreach (var range in cuts)
        {
            var text = word.Slice(range.Start, range.Length);
            var end = offset + Encoding.UTF8.GetByteCount(text);
            if (_vocabulary.IdOf(text) is { } id)
                tokens.Add(new ModelToken(id, offset, end));
            else if (_byteIds is not null && Bytes(text) is { } bytes)
                tokens.AddRange(bytes.Select(b => new ModelToken(b, offset, end)));
            else
                tokens.Add(new ModelToken(Unknown(), offset, end));
            offset = end;
        }

        return [.. tokens];
    }

    private Step[] Forward(ReadOnlySpan<char> word)
    {
        var best = new Step[word.Length + 1];
        Array.Fill(best, new Step(-1, 0, -1));
        best[0] = new Step(-1, 0, 0);
        for (var start = 0; start < word.Length;)
        {
            var units = char.IsHighSurrogate(word[start]) && start + 1 < word.Length ? 2 : 1;
            var score = best[start].Score;
            var single = false;
            var node = PrefixTree.Root;
            for (var end = start + 1; end <= word.Length && (node = _tree.Child(node, word[end - 1])) >= 0; end++)
            {
                if (_tree.ValueOf(node) is not (>= 0 and var id))
                    continue;
                Offer(ref best[end], id, score + _scores[id], start);
                single |= end - start == units;
            }

            if (!single)
                Offer(ref best[start + units], Unknown(), score + _unknownScore, start);
            start += units;
        }

        return best;
    }

    private static void Offer(ref Step best, int id, double score, int start)
    {
        if (best.Start < 0 || score > best.Score)
            best = new Step(id, score, start);
    }

    private List<TextRange> Backward(ReadOnlySpan<char> word, Step[] best)
    {
        var cuts = new List<TextRange>();
        var unknownBefore = false;
        for (var end = word.Length; end > 0; end = best[end].Start)
        {
            var unknown = best[end].Id == _unknownId;
            if (unknown && unknownBefore)
                cuts[^1] = new TextRange(best[end].Start, cuts[^1].End);
            else
                cuts.Add(new TextRange(best[end].Start, end));
            unknownBefore = unknown;
        }

        cuts.Reverse();
        return cuts;
    }

    private int[]? Bytes(ReadOnlySpan<char> text)
    {
        var ids = Array.ConvertAll(Encoding.UTF8.GetBytes(text.ToString()), b => _byteIds![b]);
        return Array.Exists(ids, id => id < 0) ? null : ids;
    }

    private int Unknown() => _unknownId ?? throw new MedicalGptException($"{_source}: the text has a character that no token stands for, and model.unk_id names no unknown token.");

    private readonly record struct Step(int Id, double Score, int Start);
}
