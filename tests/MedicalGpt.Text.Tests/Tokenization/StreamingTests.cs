using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>Streams of random tokens of the real vocabularies.</summary>
public sealed class StreamingTests
{
    [SharedFact("tokenizers/llama2")]
    public void Random_tokens_of_every_family()
    {
        var random = new Random(20261125);
        foreach (var family in (string[])["gpt2", "llama2", "minimind", "mistral-v0.3", "phi-3-mini", "qwen2.5"])
        {
            var tokenizer = Tokenizer.Load(SharedFiles.Find($"tokenizers/{family}")!);
            for (var round = 0; round < 200; round++)
                StreamCheck.Check(tokenizer, [.. Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(2) == 0 ? random.Next(3, 300) : random.Next(tokenizer.VocabularySize))]);
        }
    }
}
