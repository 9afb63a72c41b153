using System.Text.Json.Nodes;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Numbers of PEFT's LoRA on every linear layer, r 8.</summary>
[Trait("Device", "any")]
public sealed class LoraParityTests
{
    private readonly Golden golden = new("lora/all_linear_r8");

    [Fact]
    public void Logits_with_the_adapter_on_off_and_merged()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = Load(trained: false);
        var (layout, places) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"]);
        var all = Batches.AllTokens(layout);
        var tolerance = golden.Tolerance("logits_atol");
        Check.Close(model.Logits(layout, all), Batches.At(golden.Outputs["logits_adapter"], places), tolerance, 0, "adapter on");
        using (model.WithoutAdapter())
            Check.Close(model.Logits(layout, all), Batches.At(golden.Outputs["logits_disabled"], places), tolerance, 0, "adapter off");
        Check.Close(model.Logits(layout, all), Batches.At(golden.Outputs["logits_adapter"], places), tolerance, 0, "adapter on again");
        model.Adapter!.Merge();
        Check.Close(model.Logits(layout, all), Batches.At(golden.Outputs["logits_merged"], places), tolerance, 0, "merged");
        foreach (var (name, merged) in golden.Outputs.Where(o => o.Key.StartsWith("merged_weight.", StringComparison.Ordinal)))
            Check.Close(model.Parameters.Single(p => "merged_weight." + p.Name == name).Value, merged, 1e-6, 1e-6, name);
    }

    [Fact]
    public void Targets_and_scale()
    {
        using var model = Load(trained: true);
        model.Adapter!.TargetPaths.Select(p => "base_model.model." + p).Order().ShouldBe(golden.Case["target_modules_resolved"]!.AsArray().Select(n => (string)n!).Order());
        model.TrainableParameters().Sum(p => p.Value.numel()).ShouldBe((long)golden.Case["trainable_parameters"]!);
        model.Adapter.Options.Scale.ShouldBe(2.0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_and_a_frozen_base_without_gradient_buffers(bool checkpointing)
    {
        using var scope = NewDisposeScope();
        using var model = Load(trained: true);
        model.GradientCheckpointing = checkpointing;
        var loss = Loss(model, "");
        Check.Close(loss, golden.Outputs["loss"], golden.Tolerance("loss_atol"), 0, "loss");
        loss.backward();
        var expected = golden.File("grads.safetensors");
        model.TrainableParameters().Select(p => p.Name).Order().ShouldBe(expected.Keys.Order());
        foreach (var parameter in model.TrainableParameters())
            Check.Close(parameter.Value.grad!, expected[parameter.Name], golden.Tolerance("grad_atol"), golden.Tolerance("grad_rtol"), $"gradient of {parameter.Name}");
        model.Parameters.Count(p => p.Value.grad is not null).ShouldBe(0);
    }

    [Fact]
    public void Ten_AdamW_steps()
    {
        using var model = Load(trained: true);
        var train = golden.Case["train"]!;
        var parameters = model.TrainableParameters();
        using var optimizer = optim.AdamW(parameters.Select(p => p.Value), lr: 1e-3, weight_decay: (double)train["weight_decay"]!);
        var rates = Check.Host(golden.Outputs["train_lr"]);
        var (losses, norms) = (Check.Host(golden.Outputs["train_loss"]), Check.Host(golden.Outputs["train_grad_norm"]));
        for (var step = 0; step < rates.Length; step++)
        {
            using var scope = NewDisposeScope();
            var loss = Loss(model, $"step{step}_");
            loss.item<float>().ShouldBe(losses[step], golden.Tolerance("train_loss_atol"), $"loss of step {step}");
            loss.backward();
            Clip(parameters, (double)train["max_grad_norm"]!).ShouldBe(norms[step], golden.Tolerance("train_grad_norm_rtol") * norms[step], $"norm of step {step}");
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rates[step];
            optimizer.step();
            optimizer.zero_grad();
            if (step == 1)
                Compare(model, "adapter_step2");
        }

        Compare(model, "adapter_final");
        using var after = NewDisposeScope();
        using var still = no_grad();
        var (layout, places) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"]);
        Check.Close(model.Logits(layout, Batches.AllTokens(layout)), Batches.At(golden.Outputs["final_logits"], places), golden.Tolerance("logits_atol"), 1e-3, "final logits");
    }

    [Fact]
    public void Files_are_written_as_they_were_read()
    {
        using var model = Load(trained: true);
        var folder = Directory.CreateTempSubdirectory("medgpt-lora").FullName;
        model.Adapter!.Save(folder, null);
        var source = Path.Combine(golden.Folder, "adapter");
        File.ReadAllBytes(Path.Combine(folder, "adapter_model.safetensors")).ShouldBe(File.ReadAllBytes(Path.Combine(source, "adapter_model.safetensors")));
        File.ReadAllText(Path.Combine(folder, "adapter_config.json")).ShouldBe(File.ReadAllText(Path.Combine(source, "adapter_config.json")));
        Directory.Delete(folder, true);
    }

    [Fact]
    public void A_new_adapter_changes_nothing_and_has_the_keys_that_PEFT_writes()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = Models.Tied(new LoadOptions { NewAdapter = new LoraOptions { Rank = 8, Alpha = 16 }, Seed = 3 });
        var (layout, places) = Batches.Real(golden.Inputs["input_ids"], golden.Inputs["attention_mask"]);
        Check.Close(model.Logits(layout, Batches.AllTokens(layout)), Batches.At(golden.Outputs["logits_disabled"], places), golden.Tolerance("logits_atol"), 0, "B = 0");
        var folder = Directory.CreateTempSubdirectory("medgpt-lora").FullName;
        model.Adapter!.Save(folder, "base");
        Golden.Read(Path.Combine(folder, "adapter_model.safetensors")).Keys.Order().ShouldBe(golden.File("adapter/adapter_model.safetensors").Keys.Order());
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "adapter_config.json")))!.AsObject();
        var reference = JsonNode.Parse(File.ReadAllText(Path.Combine(golden.Folder, "adapter/adapter_config.json")))!.AsObject();
        foreach (var (key, value) in written.Where(w => w.Key is not ("base_model_name_or_path" or "target_modules")))
            value?.ToJsonString().ShouldBe(reference[key]?.ToJsonString(), key);
        written["target_modules"]!.AsArray().Select(n => (string)n!).Order().ShouldBe(reference["target_modules"]!.AsArray().Select(n => (string)n!).Order());
        // U(-1/√64, 1/√64) has standard deviation 0.125 / √3 = 0.0722.
        var a = model.Adapter.Parameters.First(p => p.Name.Contains("q_proj.lora_A", StringComparison.Ordinal)).Value;
        a.abs().max().item<float>().ShouldBeLessThanOrEqualTo(0.125f);
        a.std().item<float>().ShouldBe(0.0722f, 0.008f);
        Directory.Delete(folder, true);
    }

    private CausalLanguageModel Load(bool trained) => Models.Tied(new LoadOptions { Adapter = Path.Combine(golden.Folder, "adapter"), AdapterTrained = trained });

    private Tensor Loss(CausalLanguageModel model, string prefix)
    {
        var (layout, _) = Batches.Real(golden.Inputs[$"{prefix}input_ids"], golden.Inputs[$"{prefix}attention_mask"], golden.Inputs[$"{prefix}labels"]);
        return model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
    }

    private static double Clip(IReadOnlyList<ModelParameter> parameters, double limit)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var norm = Math.Sqrt(parameters.Sum(p => (double)p.Value.grad!.square().sum().item<float>()));
        foreach (var parameter in parameters)
            parameter.Value.grad!.mul_(Math.Min(1, limit / (norm + 1e-6)));
        return norm;
    }

    private void Compare(CausalLanguageModel model, string folder)
    {
        var expected = golden.File($"{folder}/adapter_model.safetensors");
        foreach (var parameter in model.TrainableParameters())
            Check.Close(parameter.Value, expected[parameter.Name], golden.Tolerance("final_weight_atol"), 0, $"{folder} {parameter.Name}");
    }
}
