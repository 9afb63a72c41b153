using MedicalGpt.Training.Tokenization.PostProcessors;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>post_processor</c>, as far as it concerns single texts.</summary>
internal static class PostProcessorReader
{
    /// <summary>Reads a post-processor; null = none.</summary>
    public static PostProcessing Read(JsonPlace part)
    {
        if (part.IsNull)
            return PostProcessing.None;
        return part["type"].Text() switch
        {
            "Sequence" => part["processors"].Items().Select(Read).Aggregate(PostProcessing.None, (all, next) => all.Then(next)),
            "ByteLevel" => new PostProcessing([], [], part["trim_offsets"].Flag(true), part["add_prefix_space"].Flag(true)),
            "BertProcessing" => Pair(part, trim: false, prefixSpace: false),
            "RobertaProcessing" => Pair(part, part["trim_offsets"].Flag(true), part["add_prefix_space"].Flag(true)),
            "TemplateProcessing" => Template(part),
            _ => throw Unsupported.Part(part["type"], "Sequence, TemplateProcessing, ByteLevel, BertProcessing or RobertaProcessing"),
        };
    }

    private static PostProcessing Pair(JsonPlace part, bool trim, bool prefixSpace) => new([Id(part["cls"])], [Id(part["sep"])], trim, prefixSpace);

    private static int Id(JsonPlace token)
    {
        var items = token.Items().ToList();
        return items.Count == 2 ? items[1].Index(Vocabulary.Limit) : throw token.Expected("a token and its id");
    }

    private static PostProcessing Template(JsonPlace part)
    {
        var before = new List<int>();
        var after = new List<int>();
        var sequences = 0;
        foreach (var piece in part["single"].Items())
        {
            if (!piece["Sequence"].IsNull)
                sequences++;
            else
                (sequences == 0 ? before : after).AddRange(Ids(piece["SpecialToken"]["id"], part["special_tokens"]));
        }

        return sequences == 1 ? new PostProcessing(before, after, false, false) : throw part["single"].Expected("the text once");
    }

    private static IEnumerable<int> Ids(JsonPlace name, JsonPlace tokens)
    {
        var token = tokens[name.Text()];
        return token.IsNull ? throw name.Expected("one of special_tokens") : token["ids"].Items().Select(id => id.Index(Vocabulary.Limit));
    }
}
