using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Tokenization;

/// <summary>The real Qwen2.5 tokenizer, loaded once for all tests of a collection.</summary>
public sealed class QwenTokenizer
{
    private readonly Lazy<Tokenizer> _tokenizer = new(() => Tokenizer.Load(Directory));

    public static string Directory => SharedFiles.Find("tokenizers/qwen2.5")!;

    public Tokenizer Tokenizer => _tokenizer.Value;
}
