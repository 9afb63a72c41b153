using System.Text.Json;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Families beside Qwen2.5 that the same parts cover: Qwen3 (more added tokens) and Llama 3.1 (three digits at a time, ignore_merges, no normaliser).</summary>
public sealed class FamilyVectorTests
{
    [SharedFact("tokenizers/qwen3")]
    public void Qwen3() => Check("tokenizers/qwen3");

    [SharedFact("tokenizers/llama3.1")]
    public void Llama31() => Check("tokenizers/llama3.1");

    private static void Check(string family)
    {
        var folder = SharedFiles.Find(family)!;
        var tokenizer = Tokenizer.Load(folder);
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "vectors.json")));
        var wrong = new List<string>();
        foreach (var vector in vectors.RootElement.GetProperty("strings").EnumerateArray())
        {
            var expected = vector.GetProperty("ids").EnumerateArray().Select(i => i.GetInt32()).ToArray();
            var text = vector.GetProperty("text").GetString()!;
            if (!tokenizer.Encode(text).SequenceEqual(expected) || tokenizer.Decode(expected, skipSpecial: false) != vector.GetProperty("decoded").GetString())
                wrong.Add($"{text}: {string.Join(',', tokenizer.Encode(text))} for {string.Join(',', expected)}");
        }

        wrong.ShouldBeEmpty();
    }
}
