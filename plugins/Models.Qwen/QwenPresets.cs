using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Qwen;

/// <summary>Published shapes and small ones.</summary>
internal static class QwenPresets
{
    private static readonly DecoderOptions Tiny = new()
    {
        VocabularySize = 512, HiddenSize = 128, LayerCount = 4, HeadCount = 4, KeyValueHeadCount = 2, HeadDimension = 32, IntermediateSize = 384, MaxPositions = 2048, TiedEmbeddings = true,
    };

    private static readonly DecoderOptions Small = new()
    {
        VocabularySize = 151936, HiddenSize = 896, LayerCount = 24, HeadCount = 14, KeyValueHeadCount = 2, HeadDimension = 64, IntermediateSize = 4864, MaxPositions = 32768, TiedEmbeddings = true,
        Rope = new RopeOptions(1_000_000),
    };

    public static IReadOnlyList<ModelPreset> Qwen2 { get; } =
    [
        new("tiny-qwen2", "for trials: 4 layers, width 128", Tiny),
        new("qwen2.5-0.5b", "Qwen2.5-0.5B", Small),
        new("qwen2.5-1.5b", "Qwen2.5-1.5B", Small with { HiddenSize = 1536, LayerCount = 28, HeadCount = 12, HeadDimension = 128, IntermediateSize = 8960 }),
        new("qwen2.5-7b", "Qwen2.5-7B", Small with { VocabularySize = 152064, HiddenSize = 3584, LayerCount = 28, HeadCount = 28, KeyValueHeadCount = 4, HeadDimension = 128, IntermediateSize = 18944, TiedEmbeddings = false }),
    ];

    public static IReadOnlyList<ModelPreset> Qwen3 { get; } =
    [
        new("tiny-qwen3", "for trials: 4 layers, width 128", Tiny),
        new("qwen3-0.6b", "Qwen3-0.6B", Small with { HiddenSize = 1024, LayerCount = 28, HeadCount = 16, KeyValueHeadCount = 8, HeadDimension = 128, IntermediateSize = 3072, MaxPositions = 40960 }),
        new("qwen3-8b", "Qwen3-8B", Small with { HiddenSize = 4096, LayerCount = 36, HeadCount = 32, KeyValueHeadCount = 8, HeadDimension = 128, IntermediateSize = 12288, MaxPositions = 40960, TiedEmbeddings = false }),
    ];
}
