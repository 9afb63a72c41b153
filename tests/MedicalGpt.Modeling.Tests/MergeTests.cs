using MedicalGpt.Tests;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Merging to a plain folder.</summary>
[Trait("Device", "any")]
public sealed class MergeTests
{
    [Fact]
    public void A_merged_folder_gives_the_logits_of_PEFTs_merge()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden("lora/all_linear_r8");
        var folder = Directory.CreateTempSubdirectory("medgpt-merge").FullName;
        using (var model = Models.Tied(new LoadOptions { Adapter = Path.Combine(golden.Folder, "adapter") }))
            AdapterMerge.Run(model, folder).Difference!.Value.ShouldBeLessThan(1e-3);
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["config.json", "generation_config.json", "model.safetensors"]);
        using var merged = Models.Folder.LoadCausal(folder, Models.OnDevice());
        var (layout, places) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"]);
        Check.Close(merged.Logits(layout, Batches.AllTokens(layout)), Batches.At(golden.Outputs["logits_merged"], places), golden.Tolerance("logits_atol"), 0, "merged folder");
        Directory.Delete(folder, true);
    }

    [Fact]
    public void A_score_models_own_head_becomes_the_models_head()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden("seqcls/qwen2_rm");
        var folder = Directory.CreateTempSubdirectory("medgpt-merge").FullName;
        using (var model = Models.Folder.LoadScore(Path.Combine(golden.Folder, "model"), new LoadOptions { Device = TestDevice.Name, Adapter = Path.Combine(golden.Folder, "adapter") }))
            AdapterMerge.Run(model, folder).Difference!.Value.ShouldBeLessThan(1e-4);
        using var merged = Models.Folder.LoadScore(folder, Models.OnDevice());
        Check.Host(merged.Head.Weight.Value).ShouldBe(Check.Host(golden.File("adapter/adapter_model.safetensors")["base_model.model.score.weight"]));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void Merging_rounds_once_to_the_weights_format()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden("lora/all_linear_r8");
        using var model = Models.Tied(new LoadOptions { Adapter = Path.Combine(golden.Folder, "adapter"), Precision = Precision.BFloat16 });
        const string name = "model.layers.0.self_attn.q_proj";
        var adapter = golden.File("adapter/adapter_model.safetensors");
        var delta = adapter[$"base_model.model.{name}.lora_B.weight"].matmul(adapter[$"base_model.model.{name}.lora_A.weight"]).mul(2);
        var weight = model.Parameters.Single(p => p.Name == $"{name}.weight");
        var expected = weight.Value.cpu().to(ScalarType.Float32).add(delta).to(ScalarType.BFloat16);
        model.Adapter!.Merge();
        Check.Host(weight.Value).ShouldBe(Check.Host(expected));
        weight.Value.dtype.ShouldBe(ScalarType.BFloat16);
    }
}
