using MedicalGpt.Modeling;

namespace MedicalGpt.Benchmarks;

/// <summary>One training step to measure.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Shape">The model; its weights are random.</param>
/// <param name="Rows">Rows of a batch.</param>
/// <param name="Tokens">Tokens of a row.</param>
/// <param name="Learned">Tokens of a row that are learned.</param>
internal sealed record StepCase(string Name, DecoderOptions Shape, int Rows, int Tokens, int Learned)
{
    public static IReadOnlyList<StepCase> All { get; } =
    [
        new("qwen2.5-0.5b", new DecoderOptions { VocabularySize = 151_936, HiddenSize = 896, LayerCount = 24, HeadCount = 14, KeyValueHeadCount = 2, HeadDimension = 64, IntermediateSize = 4864, QueryKeyValueBias = true, TiedEmbeddings = true }, 2, 256, 128),
        new("wide", new DecoderOptions { VocabularySize = 151_936, HiddenSize = 256, LayerCount = 6, HeadCount = 8, KeyValueHeadCount = 2, HeadDimension = 32, IntermediateSize = 1024, QueryKeyValueBias = true, TiedEmbeddings = true }, 4, 256, 128),
    ];
}
