using MedicalGpt.Tests;
using System.Text.Json.Nodes;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Numbers of PEFT's other kinds of LoRA: rslora, DoRA, rank and alpha patterns, modules trained whole.</summary>
[Trait("Device", "any")]
public sealed class LoraCasesTests
{
    public static TheoryData<string> Cases => ["all_linear_r8", "rslora_r4", "dora_r4", "regex_patterns", "modules_to_save"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logits_on_off_and_merged_loss_and_generation(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden("lora/" + name);
        using var model = Load(golden, trained: false);
        var (layout, places) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"], golden.Inputs["labels"]);
        var (all, tolerance) = (Batches.AllTokens(layout), golden.Tolerance("logits_atol"));
        void Compare(string output, string what) => Check.Close(model.Logits(layout, all), Batches.At(golden.Outputs[output], places), tolerance, 0, $"{name}: {what}");
        Compare("logits_adapter", "adapter on");
        Check.Close(model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg(), golden.Outputs["loss"], golden.Tolerance("loss_atol"), 0, $"{name}: loss");
        Generates(golden, model);
        using (model.WithoutAdapter())
            Compare("logits_disabled", "adapter off");
        using (WeightMerge.Apply(model, [new AdapterShare(model.Adapter!, 1)], temporary: true))
            Compare("logits_merged", "merged for a while");
        Compare("logits_adapter", "merged no more");
        model.Adapter!.Merge();
        Compare("logits_merged", "merged");
        foreach (var (output, merged) in golden.Outputs.Where(o => o.Key.StartsWith("merged_weight.", StringComparison.Ordinal)))
            Check.Close(model.Parameters.Single(p => "merged_weight." + p.Name == output).Value, merged, 1e-6, 1e-6, $"{name}: {output}");
        Generates(golden, model);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scales_targets_and_sizes(string name)
    {
        var golden = new Golden("lora/" + name);
        using var model = Load(golden, trained: true);
        var adapter = model.Adapter!;
        adapter.TargetPaths.Select(p => "base_model.model." + p).Order().ShouldBe(golden.Case["target_modules_resolved"]!.AsArray().Select(n => (string)n!).Order());
        model.TrainableParameters().Sum(p => p.Count).ShouldBe((long)golden.Case["trainable_parameters"]!);
        foreach (var path in adapter.TargetPaths)
            adapter.Options.ScaleOf(path).ShouldBe((double)golden.Case["scaling"]!["base_model.model." + path]!, 1e-12, path);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Files_are_written_as_they_were_read(string name)
    {
        var golden = new Golden("lora/" + name);
        using var folder = new TemporaryFolder();
        using var model = Load(golden, trained: true);
        model.Adapter!.Save(folder.Path, null);
        foreach (var file in new[] { "adapter_model.safetensors", "adapter_config.json" })
            File.ReadAllBytes(folder.At(file)).ShouldBe(File.ReadAllBytes(Path.Combine(golden.Folder, "adapter", file)), $"{name} {file}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_fresh_adapter_of_the_same_options_has_PEFTs_keys_shapes_and_fields(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden("lora/" + name);
        using var folder = new TemporaryFolder();
        var (options, _) = AdapterConfig.Read(Path.Combine(golden.Folder, "adapter"), scoreModel: false);
        using var model = Models.Folder.LoadCausal(Path.Combine(Golden.Root, (string)golden.Case["base_model"]!), new LoadOptions { Device = TestDevice.Name, NewAdapter = options, Seed = 3 });
        var (layout, places) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"]);
        Check.Close(model.Logits(layout, Batches.AllTokens(layout)), Batches.At(golden.Outputs["logits_disabled"], places), golden.Tolerance("logits_atol"), 0, $"{name}: a fresh adapter changes nothing");
        model.Adapter!.Save(folder.Path, "base");
        var (ours, theirs) = (Golden.Read(folder.At("adapter_model.safetensors")), golden.File("adapter/adapter_model.safetensors"));
        ours.Select(t => $"{t.Key} [{string.Join(", ", t.Value.shape)}]").Order().ShouldBe(theirs.Select(t => $"{t.Key} [{string.Join(", ", t.Value.shape)}]").Order());
        var written = JsonNode.Parse(File.ReadAllText(folder.At("adapter_config.json")))!.AsObject();
        var reference = JsonNode.Parse(File.ReadAllText(Path.Combine(golden.Folder, "adapter/adapter_config.json")))!.AsObject();
        foreach (var (key, value) in reference.Where(r => r.Key is not ("base_model_name_or_path" or "target_modules" or "peft_version")))
            Text(written[key]).ShouldBe(Text(value), $"{name}: {key}");
        written.Select(w => w.Key).ShouldBeSubsetOf(reference.Select(r => r.Key));
        if (reference["target_modules"] is JsonArray list)
            written["target_modules"]!.AsArray().Select(n => (string)n!).Order().ShouldBe(list.Select(n => (string)n!).Order());
        else
            Text(written["target_modules"]).ShouldBe(Text(reference["target_modules"]));
    }

    [Theory]
    [InlineData("dora_r4")]
    [InlineData("modules_to_save")]
    public void Gradients_agree_with_differences(string name)
    {
        var golden = new Golden("lora/" + name);
        using var model = Load(golden, trained: true);
        foreach (var checkpointing in new[] { false, true })
        {
            using var scope = NewDisposeScope();
            model.GradientCheckpointing = checkpointing;
            Loss(golden, model).backward();
            foreach (var parameter in model.TrainableParameters().Where(p => p.Name.Contains(".1.", StringComparison.Ordinal) || !p.Name.Contains("layers", StringComparison.Ordinal)).Where(p => !p.Name.Contains("v_proj.lora_A", StringComparison.Ordinal)))
            {
                // Along the gradient's direction the loss changes by ε times its norm; the norms of DoRA are held as constants, so only m is compared there.
                if (name == "dora_r4" && !parameter.Name.EndsWith("magnitude_vector", StringComparison.Ordinal))
                    continue;
                var gradient = parameter.Value.grad!.detach().clone();
                var norm = gradient.norm().item<float>();
                var step = gradient.div(norm);
                double At(double by)
                {
                    using var still = no_grad();
                    parameter.Value.add_(step, by);
                    var value = Loss(golden, model).item<float>();
                    parameter.Value.add_(step, -by);
                    return value;
                }

                const double epsilon = 2e-3;
                ((At(epsilon) - At(-epsilon)) / (2 * epsilon)).ShouldBe(norm, 0.02 * norm + 2e-3, $"{name} {parameter.Name}");
            }

            foreach (var parameter in model.TrainableParameters())
                parameter.Value.grad = null;
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";

    private static CausalLanguageModel Load(Golden golden, bool trained) =>
        Models.Folder.LoadCausal(Path.Combine(Golden.Root, (string)golden.Case["base_model"]!), new LoadOptions { Device = TestDevice.Name, Adapter = Path.Combine(golden.Folder, "adapter"), AdapterTrained = trained });

    private static Tensor Loss(Golden golden, CausalLanguageModel model)
    {
        var (layout, _) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"], golden.Inputs["labels"]);
        return model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
    }

    // 12 greedy tokens after row 1.
    private static void Generates(Golden golden, CausalLanguageModel model)
    {
        var (ids, mask) = (Check.Longs(golden.Inputs["input_ids"]), Check.Longs(golden.Inputs["attention_mask"]));
        var width = (int)golden.Inputs["input_ids"].shape[1];
        var prompt = Enumerable.Range(width, width).Where(i => mask[i] == 1).Select(i => (int)ids[i]).ToArray();
        var expected = Check.Longs(golden.Outputs["gen_sequences"]).Select(i => (int)i).ToArray();
        var answer = new TextGenerator(model).Generate(new GenerationRequest([prompt], new SamplingOptions(12, 0), [])).Single();
        answer.Ids.ShouldBe(expected[^12..], golden.Folder);
    }
}
