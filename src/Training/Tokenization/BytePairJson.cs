using System.Text.Json;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Reads the model of a byte-level BPE tokenizer: vocabulary and merges (as pairs or as "a b" strings).</summary>
internal static class BytePairJson
{
    /// <summary>Reads a model of type BPE.</summary>
    public static BytePairModel Read(JsonPlace model)
    {
        foreach (var name in (string[])["dropout", "unk_token"])
            if (!model[name].IsNull)
                throw model[name].Expected("null");
        if (model["byte_fallback"].Flag())
            throw model["byte_fallback"].Expected("false, as byte-level vocabularies have every byte");
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
            if (!model[name].IsNull && model[name].Text().Length > 0)
                throw model[name].Expected("an empty string");

        var vocabulary = ReadVocabulary(model["vocab"]);
        return new BytePairModel(vocabulary, ReadMerges(model["merges"], vocabulary), ByteIds(model["vocab"], vocabulary), model["ignore_merges"].Flag());
    }

    /// <summary>Reads <c>vocab</c>: token strings to ids, each id used once.</summary>
    public static Vocabulary ReadVocabulary(JsonPlace vocab)
    {
        if (vocab.Element.ValueKind != JsonValueKind.Object)
            throw vocab.Expected("an object of tokens and ids");
        var ids = new Dictionary<string, int>(Math.Min(Vocabulary.Limit, vocab.Element.GetPropertyCount()));
        var used = new HashSet<int>(ids.Capacity);
        foreach (var entry in vocab.Element.EnumerateObject())
        {
            var id = new JsonPlace(entry.Value, vocab.Source, vocab.Path).Index(Vocabulary.Limit);
            if (!used.Add(id) || !ids.TryAdd(entry.Name, id))
                throw new MedicalGptException($"{vocab.Source}: {vocab.Path} has the token or id of \"{entry.Name}\": {id} twice; expected each token and id once.");
        }

        return new Vocabulary(ids);
    }

    private static int[] ByteIds(JsonPlace vocab, Vocabulary vocabulary)
    {
        var ids = new int[256];
        for (var value = 0; value < 256; value++)
        {
            var character = ByteAlphabet.ToCharacter((byte)value);
            ids[value] = vocabulary.IdOf([character])
                ?? throw new MedicalGptException($"{vocab.Source}: {vocab.Path} has no token for byte {value} (\"{character}\"); expected all 256 bytes of a byte-level vocabulary.");
        }

        return ids;
    }

    private static MergeTable ReadMerges(JsonPlace merges, Vocabulary vocabulary)
    {
        if (merges.Element.ValueKind != JsonValueKind.Array)
            throw merges.Expected("an array of merges");
        var table = new MergeTable(merges.Element.GetArrayLength());
        var rank = 0;
        foreach (var entry in merges.Element.EnumerateArray())
        {
            var place = new JsonPlace(entry, merges.Source, merges.Path);
            var (left, right) = Pair(place);
            var rule = new MergeRule(rank++, Id(left + right));
            table.Add(Id(left), Id(right), rule);

            int Id(string token) => vocabulary.IdOf(token)
                ?? throw new MedicalGptException($"{merges.Source}: {merges.Path}[{rank - 1}] \"{left} {right}\" needs the token \"{token}\", which model.vocab lacks.");
        }

        return table;
    }

    private static (string Left, string Right) Pair(JsonPlace merge)
    {
        if (merge.Element.ValueKind == JsonValueKind.Array && merge.Element.GetArrayLength() == 2)
            return (new JsonPlace(merge.Element[0], merge.Source, merge.Path).Text(), new JsonPlace(merge.Element[1], merge.Source, merge.Path).Text());
        var parts = merge.Text().Split(' ');
        return parts.Length == 2 ? (parts[0], parts[1]) : throw merge.Expected("two tokens");
    }
}
