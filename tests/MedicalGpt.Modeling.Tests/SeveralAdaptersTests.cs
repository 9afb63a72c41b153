using MedicalGpt.Tests;
using System.Text.Json.Nodes;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Several adapters on one model; biases, embeddings and tied heads with adapters.</summary>
[Trait("Device", "any")]
public sealed class SeveralAdaptersTests
{
    private static readonly string First = Path.Combine(Golden.Root, "lora/all_linear_r8/adapter"), Second = Path.Combine(Golden.Root, "lora/dora_r4/adapter");

    [Fact]
    public void Switching_gives_each_ones_own_results()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = Models.Tied(new LoadOptions { Adapter = First });
        LoraAdapter.Read(model, Second, trained: false, "dora");
        var (first, second) = (new Golden("lora/all_linear_r8"), new Golden("lora/dora_r4"));
        foreach (var (names, golden, key) in new (string[], Golden, string)[] { (["default"], first, "logits_adapter"), (["dora"], second, "logits_adapter"), ([], first, "logits_disabled"), (["default"], first, "logits_adapter") })
        {
            model.Activate(names);
            Compare(golden, key);
        }

        using (model.WithAdapter("dora"))
            Compare(second, "logits_adapter");
        Compare(first, "logits_adapter");
        model.Named("default").Dispose();
        model.Activate("dora");
        Compare(second, "logits_adapter");
        Should.Throw<MedicalGptException>(() => model.Activate("none")).Message.ShouldBe("the model has no adapter 'none'; it has 'dora'");
        Should.Throw<MedicalGptException>(() => LoraAdapter.Read(model, First, false, "dora")).Message.ShouldContain("already has an adapter 'dora'");

        void Compare(Golden golden, string key)
        {
            var (layout, places) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"]);
            Check.Close(model.Logits(layout, Batches.AllTokens(layout)), Batches.At(golden.Outputs[key], places), golden.Tolerance("logits_atol"), 0, golden.Folder);
        }
    }

    [Fact]
    public void A_weighted_merge_is_the_sum_of_what_each_changes()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var folder = new TemporaryFolder();
        const string path = "model.layers.0.self_attn.q_proj.weight";
        using var model = Models.Tied(new LoadOptions { Adapter = First });
        var other = LoraAdapter.Read(model, Second, trained: false, "dora");
        var report = AdapterMerge.Run(model, folder.Path, [new AdapterShare(model.Adapter!, 0.7), new AdapterShare(other, 0.3)]);
        // W + 0.7 (W1 - W) + 0.3 (W2 - W) from PEFT's merged weights.
        var expected = new Golden("lora/all_linear_r8").Outputs["merged_weight." + path].mul(0.7).add(new Golden("lora/dora_r4").Outputs["merged_weight." + path].mul(0.3));
        Check.Close(Golden.Read(folder.At("model.safetensors"))[path], expected, 1e-6, 1e-6, path);
        report.Difference!.Value.ShouldBeLessThan(1e-4 * report.Largest);
        model.Adapters.ShouldBeEmpty();
    }

    [Fact]
    public void A_wrong_merge_is_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Models.Tied(new LoadOptions { Adapter = First });
        using (no_grad())
            model.Adapter!.Parameters[0].Value.fill_(float.NaN);
        Should.Throw<MedicalGptException>(() => AdapterMerge.Run(model, folder.Path)).Message.ShouldContain("not finite");
        Directory.EnumerateFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_temporary_merge_is_undone_to_the_bit()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = Models.Tied(new LoadOptions { Adapter = First, Precision = Precision.BFloat16 });
        ModelParameter Query() => model.Parameters.Single(p => p.Name == "model.layers.0.self_attn.q_proj.weight");
        var query = Check.Host(Query().Value);
        var before = model.Parameters.Select(p => Check.Host(p.Value)).ToList();
        using (WeightMerge.Apply(model, [new AdapterShare(model.Adapter!, 1)], temporary: true))
            Check.Host(Query().Value).ShouldNotBe(query);
        model.Parameters.Select(p => Check.Host(p.Value)).Zip(before).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
        model.Adapters.Count.ShouldBe(1);
    }

    [Fact]
    public void A_frozen_copy_stays_where_it_was_taken()
    {
        using var scope = NewDisposeScope();
        using var model = Models.Tied(new LoadOptions { Adapter = First, AdapterTrained = true });
        var layout = SequenceLayout.Create([new Segment([5, 6, 7, 8]) { Learned = [true, true, true, true] }]);
        var before = Check.Host(model.Logits(layout, [3]));
        model.Adapter!.FrozenCopy("reference");
        model.TrainableParameters().Count.ShouldBe(56);
        using (no_grad())
            model.Adapter.Parameters[1].Value.add_(0.1);
        var reference = new FrozenCausalModel(model, adapterOff: false, "reference");
        Check.Host(model.Logits(layout, [3])).ShouldNotBe(before);
        using (model.WithAdapter("reference"))
            Check.Host(model.Logits(layout, [3])).ShouldBe(before);
        reference.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.requires_grad.ShouldBeFalse();
    }

    [Theory]
    [InlineData(LoraBias.All, ".self_attn.k_proj.bias", 12)]
    [InlineData(LoraBias.LoraOnly, ".self_attn.q_proj.base_layer.bias", 4)]
    public void Biases_learn_in_a_copy_under_PEFTs_names(LoraBias bias, string key, int count)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Models.Tied(new LoadOptions { NewAdapter = new LoraOptions { Bias = bias, Targets = LoraTargets.Parse("q_proj,o_proj") } });
        var names = model.TrainableParameters().Select(p => p.Name).Where(n => n.EndsWith(".bias", StringComparison.Ordinal)).ToList();
        names.Count.ShouldBe(count); // four layers; q, k and v have biases, o has none
        names.ShouldContain($"base_model.model.model.layers.0{key}");
        var layout = SequenceLayout.Create([new Segment([5, 6, 7, 8]) { Learned = [true, true, true, true] }]);
        var before = Check.Host(model.Logits(layout, [3]));
        model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.sum().backward();
        using var still = no_grad();
        foreach (var parameter in model.TrainableParameters().Where(p => p.Name.EndsWith("q_proj.base_layer.bias", StringComparison.Ordinal)))
        {
            parameter.Value.grad!.abs().sum().item<float>().ShouldBeGreaterThan(0);
            parameter.Value.add_(randn(parameter.Shape).to(TestDevice.Device));
        }

        using (model.WithoutAdapter())
            Check.Host(model.Logits(layout, [3])).ShouldBe(before);
        var changed = Check.Host(model.Logits(layout, [3]));
        changed.ShouldNotBe(before);
        model.Adapter!.Save(folder.Path, null);
        ((string)JsonNode.Parse(File.ReadAllText(folder.At("adapter_config.json")))!["bias"]!).ShouldBe(bias == LoraBias.All ? "all" : "lora_only");
        using var again = Models.Tied(new LoadOptions { Adapter = folder.Path });
        Check.Host(again.Logits(layout, [3])).ShouldBe(changed);
        again.Adapter!.Merge();
        Check.Close(again.Logits(layout, [3]), tensor(changed, [1, changed.Length]), 1e-4, 0, "merged biases");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_embedding_has_a_branch_under_PEFTs_names_or_is_trained_whole(bool whole)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var folder = new TemporaryFolder();
        var options = whole
            ? new LoraOptions { Targets = LoraTargets.Parse("q_proj"), ModulesToSave = ["embed_tokens"] }
            : new LoraOptions { Rank = 4, Alpha = 8, Targets = LoraTargets.Parse("q_proj,embed_tokens") };
        using var model = Models.Tied(new LoadOptions { NewAdapter = options });
        var layout = SequenceLayout.Create([new Segment([5, 6, 7, 8]) { Learned = [true, true, true, true] }]);
        var before = Check.Host(model.Logits(layout, [0, 1, 2, 3]));
        var table = model.Parameters.Single(p => p.Name == "model.embed_tokens.weight").Value.clone();
        Tensor expected;
        if (whole)
        {
            var copy = model.Adapter!.Parameters.Single(p => p.Name == "base_model.model.model.embed_tokens.weight");
            copy.Value.add_(randn(copy.Shape).mul(0.1).to(TestDevice.Device));
            expected = copy.Value.clone();
        }
        else
        {
            var (a, b) = (Named("lora_embedding_A"), Named("lora_embedding_B"));
            a.Shape.ShouldBe([4, 512]);
            b.Shape.ShouldBe([64, 4]);
            Check.Host(a.Value).ShouldAllBe(x => x == 0);
            a.Value.copy_(randn(a.Shape).mul(0.1));
            // W + α/r (B A)ᵀ
            expected = table.add(b.Value.matmul(a.Value).mul(2).t());
        }

        var changed = Check.Host(model.Logits(layout, [0, 1, 2, 3]));
        changed.ShouldNotBe(before);
        model.Adapter!.Save(folder.Path, null);
        using var again = Models.Tied(new LoadOptions { Adapter = folder.Path });
        Check.Host(again.Logits(layout, [0, 1, 2, 3])).ShouldBe(changed);
        // The head was tied to the table and stays what it was: merging makes two weights of them.
        using var merged = new TemporaryFolder();
        AdapterMerge.Run(again, merged.Path).Difference!.Value.ShouldBeLessThan(1e-3);
        var weights = Golden.Read(merged.At("model.safetensors"));
        Check.Close(weights["model.embed_tokens.weight"], expected, 1e-6, 1e-6, "table");
        Check.Host(weights["lm_head.weight"]).ShouldBe(Check.Host(table));
        ((bool)JsonNode.Parse(File.ReadAllText(merged.At("config.json")))!["tie_word_embeddings"]!).ShouldBeFalse();
        using var plain = Models.Folder.LoadCausal(merged.Path, Models.OnDevice());
        Check.Close(plain.Logits(layout, [0, 1, 2, 3]), tensor(changed, [4, 512]), 1e-3, 0, "merged folder");

        ModelParameter Named(string suffix) => model.Adapter!.Parameters.Single(p => p.Name == $"base_model.model.model.embed_tokens.{suffix}");
    }

    [Fact]
    public void Chosen_layers_and_exceptions()
    {
        using var model = Models.Tied(new LoadOptions { NewAdapter = new LoraOptions { Layers = [1, 3], Excluded = LoraTargets.Parse("mlp.down_proj,o_proj") } });
        model.Adapter!.TargetPaths.ShouldBe([.. new[] { 1, 3 }.SelectMany(l => new[] { "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "mlp.gate_proj", "mlp.up_proj" }.Select(m => $"model.layers.{l}.{m}"))]);
    }
}
