using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Phi;

/// <summary>Published shapes and a small one.</summary>
internal static class PhiPresets
{
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        new("tiny-phi3", "for trials: 4 layers, width 128", new DecoderOptions
        {
            VocabularySize = 512, HiddenSize = 128, LayerCount = 4, HeadCount = 4, KeyValueHeadCount = 2, HeadDimension = 32, IntermediateSize = 384, MaxPositions = 2048, NormEpsilon = 1e-5, FusedProjections = true,
        }),
        new("phi-3-mini-4k", "Phi-3-mini 4k", new DecoderOptions
        {
            VocabularySize = 32064, HiddenSize = 3072, LayerCount = 32, HeadCount = 32, KeyValueHeadCount = 32, HeadDimension = 96, IntermediateSize = 8192, MaxPositions = 4096, NormEpsilon = 1e-5, FusedProjections = true,
            Window = new SlidingWindow(2047, [.. Enumerable.Repeat(true, 32)]),
        }),
    ];
}
