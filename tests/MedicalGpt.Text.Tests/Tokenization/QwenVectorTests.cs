using System.Text;
using System.Text.Json;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Every vector of the Qwen2.5 family, made with the tokenizers library 0.23.</summary>
public sealed class QwenVectorTests(QwenTokenizer qwen) : IClassFixture<QwenTokenizer>
{
    [SharedFact("tokenizers/qwen2.5")]
    public void Strings_become_the_reference_ids_and_decode_back()
    {
        using var vectors = Vectors();
        var wrong = new List<string>();
        foreach (var vector in vectors.RootElement.GetProperty("strings").EnumerateArray())
        {
            var text = vector.GetProperty("text").GetString()!;
            var expected = Ints(vector.GetProperty("ids"));
            var ids = qwen.Tokenizer.Encode(text);
            if (!ids.SequenceEqual(expected))
                wrong.Add($"ids of {Escape(text)}: {string.Join(',', ids)} for {string.Join(',', expected)}");
            if (qwen.Tokenizer.Decode(expected, skipSpecial: false) != vector.GetProperty("decoded").GetString())
                wrong.Add($"decoding of {Escape(text)}");
            if (vector.TryGetProperty("decoded_skip", out var skipped) && qwen.Tokenizer.Decode(expected, skipSpecial: true) != skipped.GetString())
                wrong.Add($"decoding without specials of {Escape(text)}");
        }

        wrong.ShouldBeEmpty();
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Offsets_are_the_reference_ones()
    {
        using var vectors = Vectors();
        var wrong = new List<string>();
        foreach (var vector in vectors.RootElement.GetProperty("strings").EnumerateArray())
        {
            if (!vector.TryGetProperty("offsets", out var offsets))
                continue;
            var text = vector.GetProperty("text").GetString()!;
            var expected = offsets.EnumerateArray().Select(o => (o[0].GetInt32(), o[1].GetInt32())).ToList();
            var given = qwen.Tokenizer.EncodeWithOffsets(text).Select(t => (CodePoints(text, t.Range.Start), CodePoints(text, t.Range.End))).ToList();
            if (!given.SequenceEqual(expected))
                wrong.Add($"{Escape(text)}: {string.Join(' ', given)} for {string.Join(' ', expected)}");
        }

        wrong.ShouldBeEmpty();
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Lone_ids_decode_as_the_reference_does()
    {
        using var vectors = Vectors();
        var wrong = new List<string>();
        foreach (var vector in vectors.RootElement.GetProperty("decode_only").EnumerateArray())
        {
            var ids = Ints(vector.GetProperty("ids"));
            if (qwen.Tokenizer.Decode(ids, skipSpecial: false) != vector.GetProperty("decoded").GetString())
                wrong.Add(vector.GetRawText());
            if (vector.TryGetProperty("decoded_skip", out var skipped) && qwen.Tokenizer.Decode(ids, skipSpecial: true) != skipped.GetString())
                wrong.Add(vector.GetRawText());
        }

        wrong.ShouldBeEmpty();
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Streaming_gives_the_same_text_and_never_half_a_character()
    {
        using var vectors = Vectors();
        foreach (var vector in vectors.RootElement.GetProperty("strings").EnumerateArray())
        {
            var decoded = vector.GetProperty("decoded").GetString()!;
            var stream = qwen.Tokenizer.StreamDecoder(skipSpecial: false);
            var parts = Ints(vector.GetProperty("ids")).Select(stream.Add).ToList();
            parts.Add(stream.Finish());
            string.Concat(parts).ShouldBe(decoded);
            if (!decoded.Contains('\uFFFD', StringComparison.Ordinal))
                parts.ShouldAllBe(p => !p.Contains('\uFFFD', StringComparison.Ordinal) && !EndsInHalf(p));
        }
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Both_spellings_of_the_merges_give_the_same_tokenizer()
    {
        var files = new Dictionary<string, byte[]> { ["tokenizer.json"] = File.ReadAllBytes(Path.Combine(QwenTokenizer.Directory, "tokenizer.string-merges.json")) };
        var older = Tokenizer.FromFiles(files);
        using var vectors = Vectors();
        foreach (var vector in vectors.RootElement.GetProperty("strings").EnumerateArray())
            older.Encode(vector.GetProperty("text").GetString()!).ShouldBe(Ints(vector.GetProperty("ids")));
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Sizes_and_named_tokens_are_the_reference_ones()
    {
        using var vectors = Vectors();
        qwen.Tokenizer.VocabularySize.ShouldBe(vectors.RootElement.GetProperty("vocab_size_with_added").GetInt32());
        qwen.Tokenizer.IdOf("<|im_end|>").ShouldBe(151645);
        qwen.Tokenizer.TokenOf(151643).ShouldBe("<|endoftext|>");
        qwen.Tokenizer.Config.EosToken.ShouldBe("<|im_end|>");
        qwen.Tokenizer.Config.PadToken.ShouldBe("<|endoftext|>");
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Special_tokens_are_ordinary_text_where_they_are_not_allowed()
    {
        qwen.Tokenizer.Encode("a<|im_end|>b").ShouldContain(151645);
        var ids = qwen.Tokenizer.Encode("a<|im_end|>b", allowSpecial: false);
        ids.ShouldNotContain(151645);
        qwen.Tokenizer.Decode(ids, skipSpecial: true).ShouldBe("a<|im_end|>b");
    }

    private static bool EndsInHalf(string part) => part.Length > 0 && (char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1]));

    private static JsonDocument Vectors() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(QwenTokenizer.Directory, "vectors.json")));

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(i => i.GetInt32())];

    private static int CodePoints(string text, int units) => text[..units].EnumerateRunes().Count();

    private static string Escape(string text) => string.Concat(text.EnumerateRunes().Select(r => r.Value is > 31 and < 127 ? r.ToString() : $"\\u{{{r.Value:X}}}"));
}
