using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Gemma;

/// <summary>Published shapes and small ones.</summary>
internal static class GemmaPresets
{
    private static readonly DecoderOptions Tiny = new()
    {
        VocabularySize = 512, HiddenSize = 128, LayerCount = 4, HeadCount = 4, KeyValueHeadCount = 2, HeadDimension = 32, IntermediateSize = 384, MaxPositions = 2048, TiedEmbeddings = true,
        Activation = Activation.GeluTanh, Window = new SlidingWindow(256, [true, false, true, false]),
    };

    public static IReadOnlyList<ModelPreset> Gemma2 { get; } =
    [
        new("tiny-gemma2", "for trials: 4 layers, width 128, window 256 in every other layer", Tiny with { AttentionSoftCap = 50, LogitSoftCap = 30 }),
        new("gemma-2-2b", "Gemma 2 2B", Tiny with
        {
            VocabularySize = 256000, HiddenSize = 2304, LayerCount = 26, HeadCount = 8, KeyValueHeadCount = 4, HeadDimension = 256, IntermediateSize = 9216, MaxPositions = 8192,
            AttentionSoftCap = 50, LogitSoftCap = 30, QueryScalar = 256, Window = new SlidingWindow(4096, [.. Enumerable.Range(0, 26).Select(i => i % 2 == 0)]),
        }),
    ];

    public static IReadOnlyList<ModelPreset> Gemma3 { get; } =
    [
        new("tiny-gemma3", "for trials: 4 layers, width 128, window 256 in every other layer", Tiny with { Rope = new RopeOptions(1_000_000) }),
        new("gemma-3-270m", "Gemma 3 270M", Tiny with
        {
            VocabularySize = 262144, HiddenSize = 640, LayerCount = 18, HeadCount = 4, KeyValueHeadCount = 1, HeadDimension = 256, IntermediateSize = 2048, MaxPositions = 32768,
            QueryScalar = 256, Rope = new RopeOptions(1_000_000), Window = new SlidingWindow(512, [.. Enumerable.Range(0, 18).Select(i => (i + 1) % 6 != 0)]),
        }),
        new("gemma-3-1b", "Gemma 3 1B", Tiny with
        {
            VocabularySize = 262144, HiddenSize = 1152, LayerCount = 26, HeadCount = 4, KeyValueHeadCount = 1, HeadDimension = 256, IntermediateSize = 6912, MaxPositions = 32768,
            QueryScalar = 256, Rope = new RopeOptions(1_000_000), Window = new SlidingWindow(512, [.. Enumerable.Range(0, 26).Select(i => (i + 1) % 6 != 0)]),
        }),
    ];
}
