using System.Text;
using MedicalGpt.Training.Tokenization.Patterns;
using MedicalGpt.Training.Tokenization.PreTokenizers;

namespace MedicalGpt.Training.Tokenization.Reading;

/// <summary>Reads <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizerReader
{
    /// <summary>Reads a pre-tokenizer; null = none.</summary>
    /// <param name="part">The pre-tokenizer.</param>
    /// <param name="takesBytes">Whether the model can take bytes itself.</param>
    /// <param name="endsInBytes">Whether it must: a ByteLevel at the end was left to it.</param>
    public static IPreTokenizer Read(JsonPlace part, bool takesBytes, out bool endsInBytes)
    {
        var leaves = new List<JsonPlace>();
        Flatten(part, leaves);
        endsInBytes = takesBytes && leaves.Count > 0 && leaves[^1]["type"].Text() == "ByteLevel" && leaves.Count(l => l["type"].Text() == "ByteLevel") == 1;
        var parts = new List<IPreTokenizer>(leaves.Count);
        for (var i = 0; i < leaves.Count; i++)
            parts.AddRange(ReadLeaf(leaves[i], spell: !(endsInBytes && i == leaves.Count - 1)));
        return parts.Count == 1 ? parts[0] : new SequencePreTokenizer(parts);
    }

    private static void Flatten(JsonPlace part, List<JsonPlace> leaves)
    {
        if (part.IsNull)
            return;
        if (part["type"].Text() != "Sequence")
        {
            leaves.Add(part);
            return;
        }

        foreach (var inner in part["pretokenizers"].Items())
            Flatten(inner, leaves);
    }

    private static IEnumerable<IPreTokenizer> ReadLeaf(JsonPlace part, bool spell) => part["type"].Text() switch
    {
        "ByteLevel" => [new BytePreTokenizer(part["add_prefix_space"].Flag(), part["use_regex"].Flag(true) ? new Gpt2Split() : null, spell)],
        "Split" => [Split(part)],
        "Whitespace" => [new PatternSplit(new RegexPattern(@"[\w\u200C\u200D]+|[^\w\u200C\u200D\s]+"), SplitBehavior.Removed, invert: true)],
        "WhitespaceSplit" => [new WhitespaceSplit()],
        "Metaspace" => [Metaspace(part)],
        "Digits" => [new PatternSplit(new RunePattern(CharacterClasses.IsNumber), part["individual_digits"].Flag() ? SplitBehavior.Isolated : SplitBehavior.Contiguous)],
        "Punctuation" => [new PatternSplit(new RunePattern(CharacterClasses.IsPunctuation), part["behavior"].IsNull ? SplitBehavior.Isolated : Behavior(part["behavior"]))],
        "BertPreTokenizer" => [new WhitespaceSplit(), new PatternSplit(new RunePattern(CharacterClasses.IsPunctuation), SplitBehavior.Isolated)],
        "CharDelimiterSplit" => [new PatternSplit(new LiteralPattern(part["delimiter"].Text()), SplitBehavior.Removed)],
        "FixedLength" => [new FixedLengthSplit(part["length"].IsNull ? 5 : Math.Max(1, part["length"].Index(int.MaxValue)))],
        _ => throw Unsupported.Part(part["type"], "Sequence, ByteLevel, Split, Whitespace, WhitespaceSplit, Metaspace, Digits, Punctuation, BertPreTokenizer, CharDelimiterSplit or FixedLength"),
    };

    private static IPreTokenizer Split(JsonPlace part)
    {
        var behavior = Behavior(part["behavior"]);
        var invert = part["invert"].Flag();
        if (behavior is SplitBehavior.Isolated or SplitBehavior.Removed && invert == (behavior == SplitBehavior.Removed) && !part["pattern"]["Regex"].IsNull)
        {
            // These patterns leave nothing between their matches, so to keep the matches is to keep all.
            var pattern = part["pattern"]["Regex"].Text();
            if (pattern == ContractionLetterSplit.Pattern(@"\p{N}"))
                return new ContractionLetterSplit(1);
            if (pattern == ContractionLetterSplit.Pattern(@"\p{N}{1,3}"))
                return new ContractionLetterSplit(3);
            if (pattern == BytePreTokenizer.Pattern)
                return new Gpt2Split();
        }

        return new PatternSplit(PatternReader.Read(part["pattern"]), behavior, invert);
    }

    private static SplitBehavior Behavior(JsonPlace behavior) =>
        Enum.TryParse<SplitBehavior>(behavior.Text(), out var value) && Enum.GetName(value) == behavior.Text() ? value : throw behavior.Expected(string.Join(", ", Enum.GetNames<SplitBehavior>()));

    private static MetaspacePreTokenizer Metaspace(JsonPlace part) => new(Mark(part["replacement"]), Scheme(part), part["split"].Flag(true));

    /// <summary>The character that stands for a blank.</summary>
    public static string Mark(JsonPlace mark) => mark.Text() is var text && text.EnumerateRunes().Count() == 1 ? text : throw mark.Expected("one character");

    /// <summary>Where marks are put before text; <c>add_prefix_space</c> in older files.</summary>
    public static PrependScheme Scheme(JsonPlace part)
    {
        var scheme = part["prepend_scheme"].IsNull ? PrependScheme.Always : part["prepend_scheme"].Text() switch
        {
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            _ => throw part["prepend_scheme"].Expected("always, first or never"),
        };
        if (part["add_prefix_space"].Flag(true) || scheme == PrependScheme.Never)
            return scheme;
        return part["prepend_scheme"].IsNull ? PrependScheme.Never : throw part["add_prefix_space"].Expected("true, as prepend_scheme is not never");
    }
}
