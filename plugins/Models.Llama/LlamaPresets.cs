using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Llama;

/// <summary>Published shapes and a small one.</summary>
internal static class LlamaPresets
{
    private static readonly DecoderOptions Llama32 = new()
    {
        VocabularySize = 128256, HiddenSize = 2048, LayerCount = 16, HeadCount = 32, KeyValueHeadCount = 8, HeadDimension = 64, IntermediateSize = 8192, MaxPositions = 131072, TiedEmbeddings = true,
        NormEpsilon = 1e-5, Rope = new RopeOptions(500_000) { Scaling = new Llama3RopeScaling(32, 1, 4, 8192) },
    };

    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        new("tiny-llama", "for trials: 4 layers, width 128", new DecoderOptions
        {
            VocabularySize = 512, HiddenSize = 128, LayerCount = 4, HeadCount = 4, KeyValueHeadCount = 2, HeadDimension = 32, IntermediateSize = 384, MaxPositions = 2048, NormEpsilon = 1e-5,
        }),
        new("llama-3.2-1b", "Llama 3.2 1B", Llama32),
        new("llama-3.1-8b", "Llama 3.1 8B", Llama32 with { HiddenSize = 4096, LayerCount = 32, HeadDimension = 128, IntermediateSize = 14336, TiedEmbeddings = false, Rope = new RopeOptions(500_000) { Scaling = new Llama3RopeScaling(8, 1, 4, 8192) } }),
    ];
}
