using System.Text.Json.Nodes;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

public sealed class TokenizerExtensionTests
{
    private static readonly string[] Words = ["阿司匹林", "metoprolol", "  阿司匹林 ", "", "HbA1c", "房颤"];

    [Fact]
    public void Words_become_single_tokens_behind_the_largest_id()
    {
        var tokenizer = Small();
        var extended = TokenizerExtension.Extend(tokenizer, Words);
        extended.Added.Select(t => (t.Id, t.Text)).ShouldBe([(280, "阿司匹林"), (281, "metoprolol"), (282, "HbA1c"), (283, "房颤")]);
        foreach (var token in extended.Added)
        {
            extended.Tokenizer.Encode(token.Text).ShouldBe([token.Id]);
            token.Pieces.ShouldBe(tokenizer.Encode(token.Text));
        }

        extended.Tokenizer.VocabularySize.ShouldBe(284);
        extended.Tokenizer.Encode("服用阿司匹林后").ShouldBe([.. tokenizer.Encode("服用"), 280, .. tokenizer.Encode("后")]);
        extended.Tokenizer.Decode(extended.Tokenizer.Encode("服用阿司匹林后, metoprolol 5 mg"), skipSpecial: true).ShouldBe("服用阿司匹林后, metoprolol 5 mg");
    }

    [Fact]
    public void Other_text_and_longer_words_stay_as_they_were()
    {
        var tokenizer = Small();
        var extended = TokenizerExtension.Extend(tokenizer, Words).Tokenizer;
        foreach (var text in new[] { "take aspirin daily", "阿司 匹林", "metoprololum", "premetoprolol", "<|im_start|>user\n你好<|im_end|>", "" })
            extended.Encode(text).ShouldBe(tokenizer.Encode(text));
        TokenizerExtension.Extend(tokenizer, Words, wholeWords: false).Tokenizer.Encode("metoprololum").ShouldContain(281);
    }

    [Fact]
    public void Ids_do_not_change_between_runs_and_a_second_round_continues()
    {
        var first = TokenizerExtension.Extend(Small(), Words);
        TokenizerExtension.Extend(Small(), Words).Added.Select(t => t.Text).ShouldBe(first.Added.Select(t => t.Text));
        var second = TokenizerExtension.Extend(first.Tokenizer, ["房颤", "心衰"]);
        second.Known.ShouldBe(1);
        second.Added.Select(t => (t.Id, t.Text)).ShouldBe([(284, "心衰")]);
        TokenizerExtension.Extend(Small(), Words, limit: 2).Added.Count.ShouldBe(2);
    }

    [Fact]
    public void A_second_tokenizer_gives_its_words()
    {
        var domain = BytePairTrainer.Train(Enumerable.Repeat("阿司匹林 metoprolol, 12 mg", 20), new BytePairTraining { VocabularySize = 400 });
        var words = TokenizerExtension.WordsOf(domain).ToList();
        words.ShouldContain("阿司匹林");
        words.ShouldContain("metoprolol");
        words.ShouldAllBe(w => w.Length >= 2 && w.All(char.IsLetter));
        var extended = TokenizerExtension.Extend(Small(), words).Tokenizer;
        extended.Encode("阿司匹林").Length.ShouldBe(1);
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Real_vocabularies()
    {
        foreach (var family in (string[])["qwen2.5", "llama2", "gpt2"])
        {
            var tokenizer = Tokenizer.Load(SharedFiles.Find($"tokenizers/{family}")!);
            var extended = TokenizerExtension.Extend(tokenizer, ["房颤复律", "metoprololium"]);
            extended.Added.Select(t => t.Id).ShouldBe([tokenizer.VocabularySize, tokenizer.VocabularySize + 1]);
            extended.Tokenizer.Encode("房颤复律").ShouldBe([tokenizer.VocabularySize]);
            foreach (var text in JsonNode.Parse(File.ReadAllBytes(SharedFiles.Find("tokenizers/strings.json")!))!.AsArray().Select(Text).OfType<string>())
                extended.Tokenizer.Encode(text).ShouldBe(tokenizer.Encode(text));
        }

        static string? Text(JsonNode? node) => node is JsonObject item ? (string?)item["text"] : node is JsonArray pair ? (string?)pair[^1] : (string?)node;
    }

    [Fact]
    public void A_word_with_a_line_end_is_refused() =>
        Should.Throw<MedicalGptException>(() => TokenizerExtension.Extend(Small(), ["a\nb"])).Message.ShouldBe("A word cannot become a token.");

    private static Tokenizer Small() => BytePairTrainer.Train(["aspirin aspirin 阿司 阿司 mg mg daily daily take take"], new BytePairTraining { VocabularySize = 280 });
}
