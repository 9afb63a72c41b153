namespace MedicalGpt.Training.Tokenization;

/// <summary>How a tokenizer is trained.</summary>
public sealed record BytePairTraining
{
    /// <summary>Number of tokens in all: 256 bytes, merges and <see cref="SpecialTokens"/>. Fewer come out when the text has no more pairs that occur often enough.</summary>
    public int VocabularySize { get; init; } = 2048;

    /// <summary>Control tokens; they take the last ids.</summary>
    public IReadOnlyList<string> SpecialTokens { get; init; } = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

    /// <summary>The end-of-sequence token, one of <see cref="SpecialTokens"/>.</summary>
    public string EosToken { get; init; } = "<|im_end|>";

    /// <summary>The padding token, one of <see cref="SpecialTokens"/>.</summary>
    public string PadToken { get; init; } = "<|endoftext|>";

    /// <summary>How often a pair must occur to be merged.</summary>
    public int MinimumFrequency { get; init; } = 2;
}
