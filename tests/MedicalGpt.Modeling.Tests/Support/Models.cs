using MedicalGpt.Models.Qwen;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Models of the tests.</summary>
internal static class Models
{
    public static ModelFolder Folder { get; } = new(new ModelFamilies([new Qwen2Family(), new Qwen3Family()]));

    public static CausalLanguageModel Tied(LoadOptions? options = null) => Folder.LoadCausal(Path.Combine(Golden.Root, "models/qwen2_tied/model"), options ?? new LoadOptions());

    /// <summary>A small random model whose matrices are large enough that attention matters.</summary>
    public static CausalLanguageModel Random(int layers = 2, int vocabulary = 61, LoadOptions? options = null, int hidden = 32) => Folder.CreateCausal(
        "qwen2",
        new DecoderOptions
        {
            VocabularySize = vocabulary,
            HiddenSize = hidden,
            LayerCount = layers,
            HeadCount = 4,
            KeyValueHeadCount = 2,
            HeadDimension = hidden / 4,
            IntermediateSize = 2 * hidden,
            InitializerRange = 0.3,
            TiedEmbeddings = true,
        },
        options ?? new LoadOptions { Seed = 7 });
}
