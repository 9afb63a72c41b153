using MedicalGpt.Tests;
using MedicalGpt.Torch.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Adapters, recomputation and score heads on every family.</summary>
[Trait("Device", "any")]
public sealed class FamilyTrainingTests : IDisposable
{
    public static TheoryData<string> Cases => ["qwen3", "llama3_rope", "mistral_swa", "gemma2", "gemma3_text", "phi3"];

    private readonly string folder = Directory.CreateTempSubdirectory("medgpt-family").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_adapter_learns_the_same_with_and_without_recomputation(string name)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden($"models/{name}");
        using var model = Models.Load(golden, new LoadOptions { Seed = 3, NewAdapter = new LoraOptions { Rank = 2, Alpha = 4, Dropout = 0.1 } });
        model.Dropout = true;
        using (no_grad())
        {
            foreach (var parameter in model.TrainableParameters())
                parameter.Value.normal_(0, 0.1);
        }

        var (layout, _) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"], golden.Inputs["labels"]);
        var plain = Gradients(false);
        var recomputed = Gradients(true);
        plain.Count.ShouldBe(2 * model.Linears.Count(l => l.Path != "lm_head"));
        foreach (var (parameter, gradient) in plain)
        {
            gradient.abs().max().item<float>().ShouldBeGreaterThan(0, parameter);
            Check.Close(recomputed[parameter], gradient, 1e-6, 1e-6, $"{name} {parameter}");
        }

        Dictionary<string, Tensor> Gradients(bool checkpointing)
        {
            model.GradientCheckpointing = checkpointing;
            manual_seed(5);
            model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().backward();
            var gradients = model.TrainableParameters().ToDictionary(p => p.Name, p => p.Value.grad!.clone());
            foreach (var parameter in model.TrainableParameters())
                parameter.Value.grad = null;
            return gradients;
        }
    }

    /// <summary>The reference's last states times the head are the scores.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_score_head_on_every_family(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden($"models/{name}");
        using var model = Models.Folder.LoadScore(Path.Combine(golden.Folder, "model"), new LoadOptions { Seed = 4, Device = TestDevice.Name });
        var (layout, places) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"]);
        var scores = model.Score(layout, Batches.AllTokens(layout));
        var expected = Batches.At(golden.Outputs["hidden.final_norm"], places).matmul(model.Head.Weight.Value.cpu().t()).squeeze(-1);
        // 64 terms of 0.02 each.
        Check.Close(scores, expected, golden.Tolerance("hidden_atol"), 0, $"{name} scores");
        ModelFolder.Save(model, folder);
        var family = model.Family;
        ModelConfig.Read(Path.Combine(folder, "config.json")).Architecture.ShouldBe(family.ScoreArchitecture);
        using var back = Models.Folder.LoadScore(folder, new LoadOptions { Device = TestDevice.Name });
        back.FreshHead.ShouldBeFalse();
        Check.Host(back.Score(layout, Batches.AllTokens(layout))).ShouldBe(Check.Host(scores));
    }

    [Fact]
    public void Fused_projections_are_targets_by_their_names()
    {
        using var model = Models.Load(new Golden("models/phi3"), new LoadOptions { NewAdapter = new LoraOptions { Rank = 2, Targets = LoraTargets.Parse("qkv_proj,gate_up_proj") } });
        model.Adapter!.TargetPaths.Count.ShouldBe(8);
        var names = model.TrainableParameters().ToDictionary(p => p.Name, p => p.Shape);
        // 4 query and 2 + 2 key and value heads of 16; gate and up of 160.
        names["base_model.model.model.layers.0.self_attn.qkv_proj.lora_B.weight"].ShouldBe([128, 2]);
        names["base_model.model.model.layers.3.mlp.gate_up_proj.lora_B.weight"].ShouldBe([320, 2]);
        Should.Throw<MedicalGptException>(() => Models.Load(new Golden("models/phi3"), new LoadOptions { NewAdapter = new LoraOptions { Targets = LoraTargets.Parse("q_proj") } }))
            .Message.ShouldContain("qkv_proj");
    }

    [SharedFact("data/safetensors")]
    public void Real_adapters_of_Gemma_3_go_on_its_shape()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var shape = Models.Folder.Families.Named("gemma3_text").Presets.Single(p => p.Name == "gemma-3-270m").Options with { VocabularySize = 64, IntermediateSize = 64 };
        var layout = SequenceLayout.Create([new Segment([3, 1, 4, 1, 5, 9, 2, 6])]);
        foreach (var name in new[] { "peft-gemma3-270m-lora", "peft-gemma3-270m-lora-b" })
        {
            using var model = Models.Folder.CreateCausal("gemma3_text", shape, new LoadOptions { Adapter = Path.Combine(SharedFactAttribute.Find("data/safetensors")!, name) });
            model.Adapter!.Parameters.Count.ShouldBe(144);
            var on = model.Logits(layout, [7]);
            using (model.WithoutAdapter())
                on.sub(model.Logits(layout, [7])).abs().max().item<float>().ShouldBeGreaterThan(1e-4f);
        }
    }
}
