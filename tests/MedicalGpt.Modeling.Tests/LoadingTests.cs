using System.Text.Json.Nodes;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Memory while loading, shards, and weight files that do not fit.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("medgpt-loading").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [InlineData("bfloat16", "fp32")]
    [InlineData("float32", "bf16")]
    [InlineData("float32", "fp32")]
    [InlineData("float16", "bf16")]
    public void Loading_holds_little_more_than_the_model(string stored, string precision)
    {
        var config = Config(c =>
        {
            c["vocab_size"] = 60_000;
            c["hidden_size"] = 256;
            c["torch_dtype"] = stored;
        });
        using (var fresh = Models.Folder.CreateCausal(config, new LoadOptions { Precision = Precision.Parse(precision) }))
            ModelFolder.Save(fresh, folder, 20_000_000);
        Directory.GetFiles(folder, "model-*.safetensors").Length.ShouldBeGreaterThan(1);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TensorMemory.ResetPeak();
        var before = TensorMemory.LiveBytes;
        File.WriteAllText("/proc/self/clear_refs", "5");
        var resident = Status("VmRSS");
        using var model = Models.Folder.LoadCausal(folder, new LoadOptions { Precision = Precision.Parse(precision) });
        var size = model.Parameters.Sum(p => p.Value.numel() * p.Value.element_size());
        size.ShouldBeGreaterThan(30_000_000);
        (TensorMemory.LiveBytes - before).ShouldBe(size);
        ((TensorMemory.PeakBytes - before) / (double)size).ShouldBeLessThanOrEqualTo(1.1 + (precision == "bf16" ? 0.05 : 0));
        // The process as a whole: the mapped files must not stay resident. 24 MB for code, headers and the collector's heap.
        (Status("VmHWM") - resident).ShouldBeLessThan((long)(1.1 * size) + (24 << 20));
    }

    [Fact]
    public void Shards_are_cut_where_transformers_cuts_them()
    {
        var source = Path.Combine(Golden.Root, "models/qwen2_untied_sharded/model");
        var largest = Directory.GetFiles(source, "model-*.safetensors").Max(f => SafetensorsBytes(f));
        using var model = Models.Folder.LoadCausal(source, new LoadOptions());
        ModelFolder.Save(model, folder, largest);
        foreach (var file in Directory.GetFiles(source, "model*").Append(Path.Combine(source, "config.json")))
            File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file), file);
        // Another cut replaces all of it; one file needs no index.
        ModelFolder.Save(model, folder, long.MaxValue);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["config.json", "generation_config.json", "model.safetensors"]);
        // A limit below the largest weight: it has a file of its own.
        ModelFolder.Save(model, folder, 1000);
        using var back = Models.Folder.LoadCausal(folder, new LoadOptions());
        foreach (var (a, b) in model.Parameters.Zip(back.Parameters))
            Check.Host(b.Value).ShouldBe(Check.Host(a.Value), a.Name);
    }

    [Theory]
    [InlineData("phi3")]
    [InlineData("gemma3_text")]
    public void Other_families_are_written_as_they_were_read(string name)
    {
        var source = Path.Combine(Golden.Root, "models", name, "model");
        using var model = Models.Folder.LoadCausal(source, new LoadOptions { Trained = true });
        ModelFolder.Save(model, folder);
        foreach (var file in Directory.GetFiles(source))
            File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file), file);
    }

    [Fact]
    public void Every_weight_that_does_not_fit_is_listed_layers_together()
    {
        using var scope = NewDisposeScope();
        var source = Path.Combine(Golden.Root, "models/llama2_mha/model");
        File.Copy(Path.Combine(source, "config.json"), Path.Combine(folder, "config.json"));
        var tensors = Golden.Read(Path.Combine(source, "model.safetensors"));
        foreach (var layer in new[] { 0, 1, 3 })
        {
            tensors.Remove($"model.layers.{layer}.mlp.up_proj.weight");
            tensors[$"model.layers.{layer}.mlp.up.weight"] = zeros(2);
            tensors[$"model.layers.{layer}.mlp.down_proj.weight"] = zeros([64, 161]);
        }

        tensors["lm_head.weight"] = tensors["lm_head.weight"].to(ScalarType.Int64);
        SafetensorsWriter.Save(Path.Combine(folder, "model.safetensors"), tensors);
        var error = Should.Throw<MedicalGptException>(() => Models.Folder.LoadCausal(folder, new LoadOptions()));
        error.Given.ShouldBe("3 missing: model.layers.[0-1,3].mlp.up_proj.weight; 3 unexpected: model.layers.[0-1,3].mlp.up.weight; "
            + "4 of another shape or type: lm_head.weight has type I64, needed a floating-point type, model.layers.[0-1,3].mlp.down_proj.weight is [64, 161], needed [64, 160]");
    }

    [Fact]
    public void A_weight_in_two_shards_and_one_that_the_index_promises()
    {
        using var scope = NewDisposeScope();
        var source = Path.Combine(Golden.Root, "models/qwen2_untied_sharded/model");
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var last = Path.Combine(folder, "model-00003-of-00003.safetensors");
        var tensors = Golden.Read(last);
        tensors.Remove("model.norm.weight").ShouldBeTrue();
        tensors["model.embed_tokens.weight"] = zeros([512, 64]);
        SafetensorsWriter.Save(last, tensors);
        Should.Throw<MedicalGptException>(() => Models.Folder.LoadCausal(folder, new LoadOptions())).Given.ShouldBe("1 missing: model.norm.weight; 1 in two files: model.embed_tokens.weight");
    }

    [Fact]
    public void Random_weights_are_the_same_in_every_format_up_to_rounding()
    {
        var config = Config(c => c["torch_dtype"] = "bfloat16");
        using var wide = Models.Folder.CreateCausal(Config(_ => { }), new LoadOptions { Seed = 3 });
        using var narrow = Models.Folder.CreateCausal(config, new LoadOptions { Seed = 3, Precision = Precision.BFloat16 });
        foreach (var (a, b) in wide.Parameters.Zip(narrow.Parameters))
            Check.Close(b.Value, a.Value, 1e-6, 1.0 / 256, a.Name);
        ModelFolder.Save(narrow, folder);
        using var file = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        file.Entries.ShouldAllBe(e => e.Type == "BF16");
    }

    [Theory]
    [InlineData("gemma2", 0)]
    [InlineData("llama", 1)]
    public void Fresh_norms_do_nothing(string type, float norm)
    {
        using var model = Models.Folder.CreateCausal(type, Models.Folder.Families.Named(type).Presets[0].Options, new LoadOptions());
        Check.Host(model.Parameters.Single(p => p.Name == "model.norm.weight").Value).ShouldAllBe(w => w == norm);
    }

    private static ModelConfig Config(Action<JsonObject> change)
    {
        var json = (JsonObject)ModelConfig.Read(Path.Combine(Golden.Root, "models/qwen2_tied/config_legacy.json")).Json.DeepClone();
        change(json);
        return new ModelConfig(json, "here");
    }

    private static long SafetensorsBytes(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Entries.Sum(e => e.Length);
    }

    private static long Status(string key) => 1024 * long.Parse(File.ReadLines("/proc/self/status").Single(l => l.StartsWith(key + ":", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
}
