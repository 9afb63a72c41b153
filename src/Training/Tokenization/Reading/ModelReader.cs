using System.Text.Json;
using MedicalGpt.Training.Tokenization.Models;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>model</c>: BPE, Unigram, WordPiece and WordLevel.</summary>
internal static class ModelReader
{
    /// <summary>Whether the model can take the bytes of words, so that a ByteLevel pre-tokenizer need not write them.</summary>
    public static bool CanTakeBytes(JsonPlace model) =>
        TypeOf(model) == "BPE" && !model["byte_fallback"].Flag() && Affix(model["continuing_subword_prefix"]).Length + Affix(model["end_of_word_suffix"]).Length == 0;

    /// <summary>Reads a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="bytes">Whether words come as text whose bytes are meant.</param>
    public static ITokenModel Read(JsonPlace model, bool bytes) => TypeOf(model) switch
    {
        "BPE" => BytePair(model, bytes),
        "Unigram" => Unigram(model),
        "WordPiece" => WordPiece(model),
        "WordLevel" => WordLevel(model),
        _ => throw Unsupported.Part(model["type"], "BPE, Unigram, WordPiece or WordLevel"),
    };

    /// <summary>Reads <c>vocab</c>: token strings to ids, each id used once.</summary>
    public static Vocabulary ReadVocabulary(JsonPlace vocab)
    {
        if (vocab.Element.ValueKind != JsonValueKind.Object)
            throw vocab.Expected("an object of tokens and ids");
        var ids = new Dictionary<string, int>(Math.Min(Vocabulary.Limit, vocab.Element.GetPropertyCount()));
        var used = new System.Collections.BitArray(ids.Capacity + 1024);
        foreach (var entry in vocab.Element.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id) || id < 0 || id >= Vocabulary.Limit)
                throw new JsonPlace(entry.Value, vocab.Source, $"{vocab.Path}[\"{entry.Name}\"]").Expected($"an integer from 0 to {Vocabulary.Limit - 1}");
            if (id >= used.Length)
                used.Length = Math.Min(Vocabulary.Limit, id * 2);
            if (used[id] || !ids.TryAdd(entry.Name, id))
                throw new MedicalGptException($"{vocab.Source}: {vocab.Path} has the token or id of \"{entry.Name}\": {id} twice; expected each token and id once.");
            used[id] = true;
        }

        return new Vocabulary(ids);
    }

    // Files from before 0.8 name no type.
    private static string TypeOf(JsonPlace model)
    {
        if (!model["type"].IsNull)
            return model["type"].Text();
        if (!model["merges"].IsNull)
            return "BPE";
        return model["vocab"].Element.ValueKind == JsonValueKind.Array ? "Unigram" : model["max_input_chars_per_word"].IsNull ? "WordLevel" : "WordPiece";
    }

    private static string Affix(JsonPlace affix) => affix.IsNull ? "" : affix.Text();

    private static BytePairModel BytePair(JsonPlace model, bool bytes)
    {
        if (!model["dropout"].IsNull && model["dropout"].Number() != 0)
            throw Unsupported.Part(model["dropout"], "null (dropout makes encoding random)");
        var vocabulary = ReadVocabulary(model["vocab"]);
        var prefix = Affix(model["continuing_subword_prefix"]);
        var suffix = Affix(model["end_of_word_suffix"]);
        var unknown = new UnknownRule(Token(model["unk_token"], vocabulary), model["fuse_unk"].Flag(), model["byte_fallback"].Flag());
        var merges = MergeReader.Read(model["merges"], vocabulary, prefix);
        var ignoreMerges = model["ignore_merges"].Flag();
        if (bytes)
            return new BytePairModel(vocabulary, merges.Table, new ByteSymbols(vocabulary, unknown), ignoreMerges, null);
        var characters = new CharacterSymbols(vocabulary, unknown, prefix, suffix);
        var cuts = ignoreMerges || prefix.Length + suffix.Length > 0 || merges.JoinsBytes ? null : new SafeCuts(vocabulary, merges.Made, characters.IsComplete);
        return new BytePairModel(vocabulary, merges.Table, characters, ignoreMerges, cuts);
    }

    private static UnigramModel Unigram(JsonPlace model)
    {
        var pieces = new List<KeyValuePair<string, double>>();
        foreach (var piece in model["vocab"].Items())
        {
            if (piece.Element.ValueKind != JsonValueKind.Array || piece.Element.GetArrayLength() != 2)
                throw piece.Expected("a token and its score");
            if (pieces.Count == Vocabulary.Limit)
                throw model["vocab"].Expected($"at most {Vocabulary.Limit} tokens");
            var token = new JsonPlace(piece.Element[0], piece.Source, piece.Path).Text();
            pieces.Add(new(token, Score(new JsonPlace(piece.Element[1], piece.Source, piece.Path))));
        }

        var unknown = model["unk_id"];
        return new UnigramModel(pieces, unknown.IsNull ? null : unknown.Index(pieces.Count), model["byte_fallback"].Flag(), model.Source);
    }

    private static double Score(JsonPlace score)
    {
        score.Number();
        return ScoreNumber.Parse(score.Element.GetRawText());
    }

    private static WordPieceModel WordPiece(JsonPlace model)
    {
        var vocabulary = ReadVocabulary(model["vocab"]);
        var unknown = Token(model["unk_token"], vocabulary) ?? throw model["unk_token"].Expected("a token of the vocabulary");
        var longest = model["max_input_chars_per_word"];
        return new WordPieceModel(vocabulary, unknown, model["continuing_subword_prefix"].IsNull ? "##" : model["continuing_subword_prefix"].Text(), longest.IsNull ? 100 : longest.Index(int.MaxValue));
    }

    private static WordLevelModel WordLevel(JsonPlace model)
    {
        var vocabulary = ReadVocabulary(model["vocab"]);
        return new WordLevelModel(vocabulary, Token(model["unk_token"], vocabulary) ?? throw model["unk_token"].Expected("a token of the vocabulary"));
    }

    private static int? Token(JsonPlace token, Vocabulary vocabulary) =>
        token.IsNull ? null : vocabulary.IdOf(token.Text()) ?? throw token.Expected("a token of the vocabulary");
}
