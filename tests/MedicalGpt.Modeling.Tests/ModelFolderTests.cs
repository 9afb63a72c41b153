using System.Text.Json.Nodes;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Folders in and out, and what is wrong with them.</summary>
public sealed class ModelFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("medgpt-model").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [InlineData("qwen2_tied")]
    [InlineData("qwen2_untied_sharded")]
    public void A_folder_is_written_as_it_was_read(string name)
    {
        var source = Path.Combine(Golden.Root, "models", name, "model");
        using var model = Models.Folder.LoadCausal(source, new LoadOptions { Trained = true });
        ModelFolder.Save(model, folder);
        foreach (var file in Directory.EnumerateFiles(source).Where(f => !f.EndsWith("generation_config.json", StringComparison.Ordinal)))
            File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file), file);
    }

    [Fact]
    public void A_bf16_model_loads_in_both_precisions_and_keeps_its_format()
    {
        using var scope = NewDisposeScope();
        Copy();
        var path = Path.Combine(folder, "model.safetensors");
        SafetensorsWriter.Save(path, Golden.Read(path).ToDictionary(t => t.Key, t => t.Value.to(ScalarType.BFloat16)));
        var bytes = File.ReadAllBytes(path);
        using var wide = Models.Folder.LoadCausal(folder, new LoadOptions());
        wide.Parameters.ShouldAllBe(p => p.Value.dtype == ScalarType.Float32);
        using var narrow = Models.Folder.LoadCausal(folder, new LoadOptions { Precision = Precision.BFloat16 });
        narrow.Parameters.ShouldAllBe(p => p.Value.dtype == ScalarType.BFloat16);
        using var trained = Models.Folder.LoadCausal(folder, new LoadOptions { Precision = Precision.BFloat16, Trained = true });
        trained.Parameters.ShouldAllBe(p => p.Value.dtype == ScalarType.Float32 && p.IsTrained);
        ModelFolder.Save(wide, folder);
        File.ReadAllBytes(path).ShouldBe(bytes);
    }

    [Fact]
    public void A_new_model_loads_back_the_same()
    {
        using var model = Models.Random();
        ModelFolder.Save(model, folder);
        using var back = Models.Folder.LoadCausal(folder, new LoadOptions());
        back.Options.ShouldBe(model.Options);
        foreach (var (a, b) in model.Parameters.Zip(back.Parameters))
            Check.Host(b.Value).ShouldBe(Check.Host(a.Value), a.Name);
        using var again = Models.Random();
        Check.Host(again.Parameters[3].Value).ShouldBe(Check.Host(model.Parameters[3].Value));
        Check.Host(model.Parameters.Single(p => p.Name == "model.norm.weight").Value).ShouldAllBe(w => w == 1);
        Check.Host(model.Parameters.Single(p => p.Name == "model.layers.0.self_attn.q_proj.bias").Value).ShouldAllBe(b => b == 0);
    }

    [Fact]
    public void Decay_leaves_out_biases_and_norms()
    {
        using var model = Models.Random(layers: 1, options: new LoadOptions { Trained = true });
        model.TrainableParameters().Where(p => !p.Decays).Select(p => p.Name).Order().ShouldBe(new[]
        {
            "model.layers.0.input_layernorm.weight", "model.layers.0.post_attention_layernorm.weight", "model.layers.0.self_attn.k_proj.bias",
            "model.layers.0.self_attn.q_proj.bias", "model.layers.0.self_attn.v_proj.bias", "model.norm.weight",
        });
    }

    [Fact]
    public void All_weights_that_do_not_fit_are_listed_at_once()
    {
        using var scope = NewDisposeScope();
        Copy();
        var path = Path.Combine(folder, "model.safetensors");
        var tensors = Golden.Read(path);
        tensors.Remove("model.norm.weight");
        tensors["extra.weight"] = zeros(2);
        tensors["model.layers.0.input_layernorm.weight"] = zeros(63);
        SafetensorsWriter.Save(path, tensors);
        Fails().ShouldBe($"error: The weights do not fit the model's config.json.\n  place:   {folder}\n  given:   1 missing: model.norm.weight; 1 unexpected: extra.weight; 1 of another shape or type: model.layers.0.input_layernorm.weight is [63], needed [64]\n  allowed: exactly the weights that config.json describes\n  remedy:  fetch config.json and weights again from one place");
    }

    [Fact]
    public void An_unknown_architecture_names_the_nearest()
    {
        Copy();
        Change(c => c["model_type"] = "qwen1");
        Fails().ShouldBe($"error: {folder}/config.json: model type 'qwen1' (architecture 'Qwen2ForCausalLM') is not known. The nearest is 'qwen2'; known are 'gemma2', 'gemma3_text', 'llama', 'mistral', 'phi3', 'qwen2', 'qwen3'. A plugin can add others (IModelFamily).");
    }

    [Fact]
    public void Pickle_weights_are_refused()
    {
        Copy();
        File.Move(Path.Combine(folder, "model.safetensors"), Path.Combine(folder, "pytorch_model.bin"));
        Fails().ShouldBe($"error: The weights are pickle files, which can run code and are never loaded.\n  place:   {folder}\n  given:   pytorch_model.bin\n  allowed: model.safetensors, or model.safetensors.index.json with its shards\n  remedy:  convert them once with transformers: AutoModelForCausalLM.from_pretrained(dir).save_pretrained(new_dir, safe_serialization=True)");
    }

    [Fact]
    public void Wrong_numbers_are_listed_before_anything_is_allocated()
    {
        Copy();
        Change(c =>
        {
            c["num_key_value_heads"] = 3;
            c["rms_norm_eps"] = 0;
        });
        Fails().ShouldBe($"error: {folder}/config.json: num_attention_heads 4 is not a multiple of num_key_value_heads 3; rms_norm_eps 0 is not in (0, 1)");
    }

    [Fact]
    public void A_missing_number_is_named()
    {
        Copy();
        Change(c => c.Remove("hidden_size"));
        Fails().ShouldBe($"error: {folder}/config.json: 'hidden_size' is missing; a whole number is needed");
    }

    [Fact]
    public void A_shard_outside_the_folder_is_refused()
    {
        Copy();
        File.Delete(Path.Combine(folder, "model.safetensors"));
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), """{"weight_map": {"model.norm.weight": "../x.safetensors"}}""");
        Fails().ShouldBe($"error: {folder}/model.safetensors.index.json: the shard of 'model.norm.weight' is \"../x.safetensors\"; a file name in the same folder is needed");
    }

    [Fact]
    public void A_weight_that_the_index_does_not_list_or_lists_elsewhere_is_named()
    {
        Copy("qwen2_untied_sharded");
        var path = Path.Combine(folder, "model.safetensors.index.json");
        var index = JsonNode.Parse(File.ReadAllText(path))!;
        var map = index["weight_map"]!.AsObject();
        var norm = (string)map["model.norm.weight"]!;
        map.Remove("model.norm.weight");
        File.WriteAllText(path, index.ToJsonString());
        Fails().ShouldBe($"error: The index of the weights and its shards disagree.\n  place:   {path}\n  given:   model.norm.weight is in {norm}, not listed\n  allowed: every weight of a shard in 'weight_map', under that shard\n  remedy:  fetch the index and all shards again from one place, or correct the index");
        map["model.norm.weight"] = "model-00001-of-00003.safetensors";
        File.WriteAllText(path, index.ToJsonString());
        Fails().ShouldContain($"\n  given:   model.norm.weight is in {norm}, listed in model-00001-of-00003.safetensors\n");
    }

    [Fact]
    public void The_single_file_comes_before_an_index()
    {
        Copy();
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), """{"weight_map": {"model.norm.weight": "model-00001-of-00001.safetensors"}}""");
        using var model = Models.Folder.LoadCausal(folder, new LoadOptions());
        ModelFolder.LoadedFiles(folder).ShouldBe(["model.safetensors"]);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("0.5")]
    [InlineData("5 apples")]
    public void A_size_without_a_unit_is_refused(string text) =>
        Should.Throw<MedicalGptException>(() => ByteSize.Parse(text, "--max-shard-size")).ToBlock().ShouldStartWith($"error: The size is not understood.\n  place:   --max-shard-size\n  given:   {text}\n");

    [Fact]
    public void An_adapter_for_another_model_is_refused()
    {
        using var model = Models.Random();
        Should.Throw<MedicalGptException>(() => LoraAdapter.Read(model, Path.Combine(Golden.Root, "lora/all_linear_r8/adapter"), false))
            .ToBlock().ShouldStartWith($"error: The adapter does not fit the model.\n  place:   {Golden.Root}/lora/all_linear_r8/adapter\n  given:   28 unexpected: base_model.model.model.layers.[2-3].");
    }

    [Fact]
    public void A_target_that_is_not_there_is_named()
    {
        Should.Throw<MedicalGptException>(() => Models.Random(options: new LoadOptions { NewAdapter = new LoraOptions { Targets = LoraTargets.Parse("q_proj,qkv") } }))
            .Message.ShouldBe("LoRA options: LoRA target 'qkv' names no linear layer of this model; its layers are q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj, lm_head, embed_tokens");
    }

    private void Copy(string name = "qwen2_tied")
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Golden.Root, "models", name, "model")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private void Change(Action<JsonObject> change)
    {
        var path = Path.Combine(folder, "config.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    private string Fails() => Should.Throw<MedicalGptException>(() => Models.Folder.LoadCausal(folder, new LoadOptions())).ToBlock();
}
