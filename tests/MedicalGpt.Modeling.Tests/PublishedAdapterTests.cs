using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Adapters that others trained with PEFT and published.</summary>
public sealed class PublishedAdapterTests
{
    [SharedTheory]
    [InlineData("peft-gemma3-270m-lora")]
    [InlineData("peft-gemma3-270m-lora-b")]
    public void They_load_and_are_written_as_they_were_read(string name)
    {
        var source = Path.Combine(SharedTheoryAttribute.Folder!, "data", "safetensors", name);
        using var folder = new TemporaryFolder();
        // Gemma 3 270M: 18 layers, hidden 640, four heads of 256, one of keys and values. Its adapter sees nothing else of it.
        var shape = new DecoderOptions { VocabularySize = 32, HiddenSize = 640, LayerCount = 18, HeadCount = 4, KeyValueHeadCount = 1, HeadDimension = 256, IntermediateSize = 32, TiedEmbeddings = true };
        using var model = Models.Folder.CreateCausal("qwen3", shape, new LoadOptions());
        var adapter = LoraAdapter.Read(model, source, trained: false);
        adapter.TargetPaths.Count.ShouldBe(72);
        (adapter.Options.Rank, adapter.Options.Dropout).ShouldBe((4, 0.05));
        adapter.Save(folder.Path, null);
        File.ReadAllBytes(folder.At("adapter_model.safetensors")).ShouldBe(File.ReadAllBytes(Path.Combine(source, "adapter_model.safetensors")));
        var (ours, theirs) = (Json(folder.At("adapter_config.json")), Json(Path.Combine(source, "adapter_config.json")));
        JsonNode.DeepEquals(ours, theirs).ShouldBeTrue();
        ours.AsObject().Select(p => p.Key).ShouldBe(theirs.AsObject().Select(p => p.Key));

        static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(path))!;
    }
}
