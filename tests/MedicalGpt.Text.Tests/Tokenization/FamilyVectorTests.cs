using System.Text.Json;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Every reference vector of every family: ids, ids with the tokens around them, offsets, text back, streaming.</summary>
public sealed class FamilyVectorTests
{
    [SharedFact("tokenizers/gpt2")]
    public void Gpt2() => Check("tokenizers/gpt2");

    [SharedFact("tokenizers/llama2")]
    public void Llama2() => Check("tokenizers/llama2");

    [SharedFact("tokenizers/llama3.1")]
    public void Llama31() => Check("tokenizers/llama3.1");

    [SharedFact("tokenizers/minimind")]
    public void MiniMind() => Check("tokenizers/minimind");

    [SharedFact("tokenizers/mistral-v0.3")]
    public void Mistral() => Check("tokenizers/mistral-v0.3");

    [SharedFact("tokenizers/phi-3-mini")]
    public void Phi3() => Check("tokenizers/phi-3-mini");

    [SharedFact("tokenizers/qwen2.5")]
    public void Qwen25() => Check("tokenizers/qwen2.5");

    [SharedFact("tokenizers/qwen3")]
    public void Qwen3() => Check("tokenizers/qwen3");

    [SharedFact("tokenizers/gpt2/as_found")]
    public void A_file_with_truncation_encodes_whole_texts()
    {
        var text = string.Concat(Enumerable.Repeat("blood pressure ", 50));
        var found = Tokenizer.Load(SharedFiles.Find("tokenizers/gpt2/as_found")!).Encode(text);
        found.ShouldBe(Tokenizer.Load(SharedFiles.Find("tokenizers/gpt2")!).Encode(text));
        found.Length.ShouldBeGreaterThan(50);
    }

    [SharedFact("tokenizers/llama2/as_found_damaged")]
    public void A_damaged_file_is_refused()
    {
        var error = Should.Throw<MedicalGptException>(() => Tokenizer.Load(SharedFiles.Find("tokenizers/llama2/as_found_damaged")!));
        error.Message.ShouldContain("model.merges[18917] is \"   \"; expected two tokens.");
    }

    // What the tokenizers library gives for this file (0.23.2): <s> and </s> are cut out first, and each piece between gets its mark.
    [SharedFact("tokenizers/llama2/variant-normalized-false")]
    public void Added_tokens_that_are_not_normalised()
    {
        var tokenizer = Tokenizer.Load(SharedFiles.Find("tokenizers/llama2/variant-normalized-false")!);
        int[] ids = [1, 22172, 2, 29871, 921, 29871, 1, 29871, 343];
        tokenizer.Encode("<s>hello</s> x <s> y").ShouldBe(ids);
        tokenizer.Decode(ids, skipSpecial: true).ShouldBe("hello  x   y");
    }

    private static void Check(string family)
    {
        var folder = SharedFiles.Find(family)!;
        var tokenizer = Tokenizer.Load(folder);
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "vectors.json")));
        tokenizer.VocabularySize.ShouldBe(vectors.RootElement.GetProperty("vocab_size_with_added").GetInt32());
        var wrong = new List<string>();
        foreach (var vector in vectors.RootElement.GetProperty("strings").EnumerateArray())
            wrong.AddRange(VectorCheck.Encoding(tokenizer, vector));
        foreach (var vector in vectors.RootElement.GetProperty("strings").EnumerateArray().Concat(vectors.RootElement.GetProperty("decode_only").EnumerateArray()))
            wrong.AddRange(VectorCheck.Decoding(tokenizer, VectorCheck.Ints(vector.GetProperty("ids")), vector));
        wrong.ShouldBeEmpty();
    }
}
