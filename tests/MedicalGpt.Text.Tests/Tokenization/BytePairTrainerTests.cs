using MedicalGpt.Training.Templates;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

public sealed class BytePairTrainerTests
{
    private static readonly string[] Texts = ["low low low low low lower lower", "newest newest newest newest newest newest widest widest widest", "阿司匹林 阿司匹林，200 mg"];

    // Word counts with Qwen2's split: low 1, " low" 4, " lower" 2, newest 1, " newest" 5, widest 1, " widest" 2 (and the Chinese text).
    // "we" 8: low-er 2 + new-est 6; "es" 9, "st" 9; "lo" 7; "ow" 7; "ne" 6; "Ġn" 5; "id" 3 ...
    // es and st tie at 9; the byte tokens e < s, and (e, s) < (s, t): so es first. Then es+t (9), then "lo" 7 = "ow" 7: l < o.
    [Fact]
    public void The_most_frequent_pair_merges_first_and_ties_go_to_smaller_ids()
    {
        var tokenizer = Train(262);
        tokenizer.TokenOf(256).ShouldBe("es");
        tokenizer.TokenOf(257).ShouldBe("est");
        tokenizer.TokenOf(258).ShouldBe("lo");
        tokenizer.VocabularySize.ShouldBe(262);
        tokenizer.IdOf("<|im_end|>").ShouldBe(261);
    }

    [Fact]
    public void The_same_texts_in_any_order_give_the_same_files()
    {
        var first = SaveAll(BytePairTrainer.Train(Texts, new BytePairTraining { VocabularySize = 300 }));
        var second = SaveAll(BytePairTrainer.Train(Texts.Reverse(), new BytePairTraining { VocabularySize = 300 }));
        second.ShouldBe(first);
    }

    [Fact]
    public void A_saved_tokenizer_loads_encodes_and_brings_its_template()
    {
        var folder = Directory.CreateTempSubdirectory("medgpt-bpe").FullName;
        Train(300).Save(folder);
        var encoder = ExampleEncoder.Load(folder);
        foreach (var text in new[] { "newest lower 阿司匹林", "unseen 😀 é e\u0301", "", " \n\n x" })
            encoder.Decode(encoder.EncodeText(text)).ShouldBe(text.Replace("e\u0301", "\u00E9", StringComparison.Ordinal)); // NFC
        encoder.EncodeAnswer("low")[^1].ShouldBe(encoder.Tokenizer.IdOf("<|im_end|>")!.Value);
        encoder.StopIds.ShouldBe([encoder.Tokenizer.IdOf("<|im_end|>")!.Value]);
        encoder.PadId.ShouldBe(encoder.Tokenizer.IdOf("<|endoftext|>")!.Value);
        encoder.EncodeText("newest").Length.ShouldBeLessThan("newest".Length);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void Training_stops_when_no_pair_is_left()
    {
        BytePairTrainer.Train(["ab ab"], new BytePairTraining { VocabularySize = 1000 }).VocabularySize.ShouldBe(256 + 1 + 3); // "ab" twice; " a" once only
    }

    // "ababab" 2, "aaaa" 3 as first words: (a,a) 9 overlapping, (a,b) 6, (b,a) 4. aa first: aa aa, so (aa,aa) 3. Then ab 6: ab ab ab, so (ab,ab) 4 overlapping; then abab 4; then (aa,aa) 3 before (abab,ab) 2.
    [Fact]
    public void Counts_stay_right_where_a_pair_repeats()
    {
        string[] texts = ["ababab", "ababab", "aaaa", "aaaa", "aaaa"];
        var tokenizer = BytePairTrainer.Train(texts, new BytePairTraining { VocabularySize = 264 });
        Enumerable.Range(256, 5).Select(tokenizer.TokenOf).ShouldBe(["aa", "ab", "abab", "aaaa", "ababab"]);
    }

    [Fact]
    public void A_vocabulary_without_room_for_bytes_is_refused()
    {
        Should.Throw<MedicalGptException>(() => Train(258)).Message.ShouldContain("allowed are 259 (256 bytes and 3 special tokens)");
    }

    private static Tokenizer Train(int size) => BytePairTrainer.Train(Texts, new BytePairTraining { VocabularySize = size });

    private static string SaveAll(Tokenizer tokenizer)
    {
        var folder = Directory.CreateTempSubdirectory("medgpt-bpe").FullName;
        tokenizer.Save(folder);
        var all = string.Concat(Directory.GetFiles(folder).Order().Select(File.ReadAllText));
        Directory.Delete(folder, true);
        return all;
    }
}
