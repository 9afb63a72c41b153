namespace MedicalGpt.Training.Tokenization;

/// <summary>Reads tokenizer.json (the tokenizers library's file) into parts. What is not supported is an error that names it.</summary>
internal static class TokenizerJson
{
    /// <summary>Reads the file's bytes.</summary>
    /// <param name="json">The file.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="MedicalGptException">The file is damaged or needs a part that is not supported.</exception>
    public static TokenizerParts Read(byte[] json, string source)
    {
        var root = StrictJson.ParseFile(json, source);
        var model = ReadModel(root["model"], root);
        return new TokenizerParts(ReadNormalizer(root["normalizer"]), ReadPreTokenizer(root["pre_tokenizer"]), model, ReadAddedTokens(root["added_tokens"], model));
    }

    private static ITokenModel ReadModel(JsonPlace model, JsonPlace root)
    {
        if (model.IsNull)
            throw model.Expected("the tokenizer's model");
        var type = model["type"].IsNull ? "BPE" : model["type"].Text();
        if (type is not ("BPE" or "WordLevel"))
            throw NotSupported(model["type"], "BPE (byte-level) and WordLevel");
        CheckDecoder(root["decoder"], type == "BPE");
        if (type == "WordLevel")
            return WordLevel(model);
        if (!HasByteLevel(root["pre_tokenizer"]))
            throw NotSupported(root["pre_tokenizer"], "byte-level BPE, with a ByteLevel pre-tokenizer");
        return BytePairJson.Read(model);
    }

    private static WordLevelModel WordLevel(JsonPlace model)
    {
        var vocabulary = BytePairJson.ReadVocabulary(model["vocab"]);
        var unknown = vocabulary.IdOf(model["unk_token"].Text()) ?? throw model["unk_token"].Expected("a token of the vocabulary");
        return new WordLevelModel(vocabulary, unknown);
    }

    private static void CheckDecoder(JsonPlace decoder, bool byteLevel)
    {
        var supported = byteLevel ? !decoder.IsNull && decoder["type"].Text() == "ByteLevel" : decoder.IsNull;
        if (!supported)
            throw NotSupported(decoder, byteLevel ? "a ByteLevel decoder with a BPE model" : "no decoder with a WordLevel model");
    }

    private static INormalizer ReadNormalizer(JsonPlace normalizer)
    {
        if (normalizer.IsNull)
            return new IdentityNormalizer();
        if (normalizer["type"].Text() == "NFC")
            return new NfcNormalizer();
        throw NotSupported(normalizer["type"], "NFC and none");
    }

    private static bool HasByteLevel(JsonPlace part) => !part.IsNull && part["type"].Text() switch
    {
        "ByteLevel" => true,
        "Sequence" => part["pretokenizers"].Items().Any(HasByteLevel),
        _ => false,
    };

    private static IPreTokenizer ReadPreTokenizer(JsonPlace part)
    {
        if (part.IsNull)
            return new WholeText();
        switch (part["type"].Text())
        {
            case "WhitespaceSplit":
                return new WhitespaceSplit();
            case "Split":
                return ReadSplit(part);
            case "ByteLevel":
                CheckByteLevel(part);
                return new WholeText();
            case "Sequence":
                var cutting = part["pretokenizers"].Items().Select(ReadPreTokenizer).Where(p => p is not WholeText).ToList();
                return cutting.Count <= 1 ? cutting.FirstOrDefault() ?? new WholeText() : throw NotSupported(part, "a Sequence with one Split");
            default:
                throw NotSupported(part["type"], "Split, ByteLevel, WhitespaceSplit and Sequence");
        }
    }

    private static ContractionLetterSplit ReadSplit(JsonPlace part)
    {
        if (part["behavior"].Text() != "Isolated" || part["invert"].Flag())
            throw NotSupported(part["behavior"], "Isolated, not inverted");
        var pattern = part["pattern"]["Regex"].Text();
        if (pattern == ContractionLetterSplit.Pattern(@"\p{N}"))
            return new ContractionLetterSplit(1);
        if (pattern == ContractionLetterSplit.Pattern(@"\p{N}{1,3}"))
            return new ContractionLetterSplit(3);
        throw NotSupported(part["pattern"]["Regex"], "the patterns of Qwen2 and Llama 3");
    }

    private static void CheckByteLevel(JsonPlace part)
    {
        if (part["add_prefix_space"].Flag())
            throw NotSupported(part["add_prefix_space"], "false");
        if (part["use_regex"].IsNull || part["use_regex"].Flag())
            throw NotSupported(part["use_regex"], "false (the words are cut by a Split before it)");
    }

    private static List<AddedToken> ReadAddedTokens(JsonPlace tokens, ITokenModel model)
    {
        var added = new List<AddedToken>();
        if (tokens.IsNull)
            return added;
        foreach (var token in tokens.Items())
        {
            foreach (var flag in (string[])["single_word", "lstrip", "rstrip"])
                if (token[flag].Flag())
                    throw NotSupported(token[flag], "false");
            var content = token["content"].Text();
            if (content.Length == 0)
                throw token["content"].Expected("text");
            var id = token["id"].Index(Vocabulary.Limit);
            if (model.IdOf(content) is { } known && known != id)
                throw token["id"].Expected($"{known}, the id of {content} in model.vocab");
            added.Add(new AddedToken(id, content, token["special"].Flag(), token["normalized"].Flag()));
        }

        return added;
    }

    private static MedicalGptException NotSupported(JsonPlace place, string supported)
    {
        var error = place.Expected(supported);
        return new MedicalGptException($"{error.Message} This tokenizer needs a part that is not supported yet.");
    }
}
