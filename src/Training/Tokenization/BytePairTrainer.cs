using MedicalGpt.Training.Tokenization.PreTokenizers;
using MedicalGpt.Training.Tokenization.Unicode;

namespace MedicalGpt.Training.Tokenization;

/// <summary>
/// Trains a byte-level BPE tokenizer (Sennrich et al. 2016, algorithm 1): the most frequent adjacent pair within words becomes a token, again and again.
/// Ties go to the pair with the smaller ids, so the same texts give the same tokenizer to the byte, in any order of texts.
/// </summary>
public static class BytePairTrainer
{
    /// <summary>Trains a tokenizer.</summary>
    /// <param name="texts">Texts; read once.</param>
    /// <param name="options">Sizes and special tokens.</param>
    /// <returns>The tokenizer, with Qwen2's split and the plain ChatML template.</returns>
    /// <exception cref="MedicalGptException">The vocabulary is too small for the bytes, or a named token is no special token.</exception>
    public static Tokenizer Train(IEnumerable<string> texts, BytePairTraining options)
    {
        Check(options);
        var merges = Learn(CountWords(texts), options);
        return Tokenizer.FromFiles(BytePairFiles.Write(merges, options));
    }

    private static void Check(BytePairTraining options)
    {
        var least = 256 + options.SpecialTokens.Count;
        if (options.VocabularySize < least || options.VocabularySize > Vocabulary.Limit)
            throw new MedicalGptException($"The vocabulary size is {options.VocabularySize}; allowed are {least} (256 bytes and {options.SpecialTokens.Count} special tokens) to {Vocabulary.Limit}.");
        if (options.SpecialTokens.Any(t => t.Length == 0) || options.SpecialTokens.Distinct().Count() < options.SpecialTokens.Count)
            throw new MedicalGptException($"A special token is empty or named twice ({string.Join(", ", options.SpecialTokens)}).");
        foreach (var named in (string[])[options.EosToken, options.PadToken])
            if (!options.SpecialTokens.Contains(named))
                throw new MedicalGptException($"The token {named} is not among the special tokens ({string.Join(", ", options.SpecialTokens)}); add it there.");
    }

    private static List<TrainingWord> CountWords(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, long>();
        var bySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var normalizer = new UnicodeNormalizer(compose: true, compatibility: false);
        var split = new ContractionLetterSplit(1);
        var ranges = new List<TextRange>();
        foreach (var text in texts)
        {
            var normal = normalizer.Normalize(text);
            ranges.Clear();
            split.Split(normal, ranges);
            foreach (var range in ranges)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(bySpan, normal.AsSpan(range.Start, range.Length), out _)++;
        }

        return [.. counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new TrainingWord(c.Key, c.Value))];
    }

    private static List<TokenPair> Learn(List<TrainingWord> words, BytePairTraining options)
    {
        var statistics = new PairStatistics(words);
        var names = new Dictionary<string, int>();
        for (var id = 0; id < 256; id++)
            names.Add(BytePairFiles.ByteTokens[id].ToString(), id);
        var tokens = names.Keys.ToList();
        var merges = new List<TokenPair>();
        while (tokens.Count + options.SpecialTokens.Count < options.VocabularySize && statistics.Best(options.MinimumFrequency) is { } pair)
        {
            var name = tokens[pair.Left] + tokens[pair.Right];
            if (!names.TryGetValue(name, out var id))
            {
                id = tokens.Count;
                names.Add(name, id);
                tokens.Add(name);
            }

            merges.Add(pair with { LeftToken = tokens[pair.Left], RightToken = tokens[pair.Right] });
            statistics.Merge(pair, id);
        }

        return merges;
    }
}
