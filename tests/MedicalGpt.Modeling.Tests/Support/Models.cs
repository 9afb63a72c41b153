using MedicalGpt.Tests;
using MedicalGpt.Models.Gemma;
using MedicalGpt.Models.Llama;
using MedicalGpt.Models.Mistral;
using MedicalGpt.Models.Phi;
using MedicalGpt.Models.Qwen;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Models of the tests.</summary>
internal static class Models
{
    public static ModelFolder Folder { get; } = new(new ModelFamilies([new Qwen2Family(), new Qwen3Family(), new LlamaFamily(), new MistralFamily(), new Gemma2Family(), new Gemma3Family(), new Phi3Family()]));

    /// <summary>Loads a golden case on the tested device.</summary>
    public static CausalLanguageModel Load(Golden golden, LoadOptions? options = null) =>
        Folder.LoadCausal(Path.Combine(golden.Folder, "model"), OnDevice(options));

    public static CausalLanguageModel Tied(LoadOptions? options = null) => Folder.LoadCausal(Path.Combine(Golden.Root, "models/qwen2_tied/model"), OnDevice(options));

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
        OnDevice(options ?? new LoadOptions { Seed = 7 }));

    /// <summary>Options for the tested device, where they name none.</summary>
    public static LoadOptions OnDevice(LoadOptions? options = null) => (options ?? new LoadOptions()) is { Device: "cpu" } local ? local with { Device = TestDevice.Name } : options!;
}
