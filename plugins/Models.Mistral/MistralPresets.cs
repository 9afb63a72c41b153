using MedicalGpt.Modeling;

namespace MedicalGpt.Models.Mistral;

/// <summary>Published shapes and a small one.</summary>
internal static class MistralPresets
{
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        new("tiny-mistral", "for trials: 4 layers, width 128, window 256", new DecoderOptions
        {
            VocabularySize = 512, HiddenSize = 128, LayerCount = 4, HeadCount = 4, KeyValueHeadCount = 2, HeadDimension = 32, IntermediateSize = 384, MaxPositions = 2048, NormEpsilon = 1e-5,
            Window = new SlidingWindow(256, [true, true, true, true]),
        }),
        new("mistral-7b", "Mistral 7B v0.3", new DecoderOptions
        {
            VocabularySize = 32768, HiddenSize = 4096, LayerCount = 32, HeadCount = 32, KeyValueHeadCount = 8, HeadDimension = 128, IntermediateSize = 14336, MaxPositions = 32768, NormEpsilon = 1e-5,
            Rope = new RopeOptions(1_000_000),
        }),
    ];
}
