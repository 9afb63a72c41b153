using MedicalGpt.Models.Qwen;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Numbers of transformers' Qwen2ForCausalLM and Qwen3ForCausalLM.</summary>
public sealed class QwenParityTests
{
    [Theory]
    [InlineData("models/qwen2_tied", "left")]
    [InlineData("models/qwen2_tied", "right")]
    [InlineData("models/qwen2_untied_sharded", "left")]
    [InlineData("models/qwen2_untied_sharded", "right")]
    [InlineData("models/qwen3", "left")]
    [InlineData("models/qwen3", "right")]
    public void Logits_of_both_paddings(string name, string side)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden(name);
        using var model = Models.Folder.LoadCausal(Path.Combine(golden.Folder, "model"), new LoadOptions());
        var (layout, places) = Batches.Real(golden.Inputs[$"{side}_input_ids"], golden.Inputs[$"{side}_attention_mask"]);
        var logits = model.Logits(layout, Batches.AllTokens(layout));
        Check.Close(logits, Batches.At(golden.Outputs[$"{side}_logits"], places), golden.Tolerance("logits_atol"), 0, $"{name} {side} logits");
    }

    [Theory]
    [InlineData("models/qwen2_tied")]
    [InlineData("models/qwen2_untied_sharded")]
    [InlineData("models/qwen3")]
    public void Hidden_states_of_every_layer(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden(name);
        using var model = Models.Folder.LoadCausal(Path.Combine(golden.Folder, "model"), new LoadOptions());
        var (layout, places) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"]);
        var seen = new List<Tensor>();
        var last = model.Decoder.Forward(layout.InputIds, layout.Positions, new SegmentAttention(AttentionPlan.Create(layout, CPU)), default, t => seen.Add(t.clone().DetachFromDisposeScope()));
        seen.Count.ShouldBe(model.Options.LayerCount + 1);
        for (var i = 0; i < seen.Count; i++)
            Check.Close(seen[i], Batches.At(golden.Outputs[i == 0 ? "hidden.embed" : $"hidden.layer{i - 1}"], places), golden.Tolerance("hidden_atol"), 0, $"{name} hidden state {i}");
        Check.Close(model.Decoder.Normalize(last), Batches.At(golden.Outputs["hidden.final_norm"], places), golden.Tolerance("hidden_atol"), 0, $"{name} final norm");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loss_and_all_gradients(bool checkpointing)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden("models/qwen2_tied");
        using var model = Models.Tied(new LoadOptions { Trained = true });
        model.GradientCheckpointing = checkpointing;
        var (layout, _) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"], golden.Inputs["labels"]);
        layout.TargetCount.ShouldBe((int)golden.Case["num_loss_tokens"]!);
        var loss = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
        Check.Close(loss, golden.Outputs["loss"], golden.Tolerance("loss_atol"), 0, "loss");
        loss.backward();
        var expected = golden.File("grads.safetensors");
        model.TrainableParameters().Select(p => p.Name).Order().ShouldBe(expected.Keys.Order());
        foreach (var parameter in model.TrainableParameters())
            Check.Close(parameter.Value.grad!, expected[parameter.Name], golden.Tolerance("grad_atol"), golden.Tolerance("grad_rtol"), $"gradient of {parameter.Name}");
    }

    [Fact]
    public void Loss_per_token_of_the_sharded_model()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden("models/qwen2_untied_sharded");
        using var model = Models.Folder.LoadCausal(Path.Combine(golden.Folder, "model"), new LoadOptions());
        var (layout, _) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"], golden.Inputs["labels"]);
        var losses = Check.Host(model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.neg());
        losses.ShouldBe(Check.Host(golden.Outputs["loss_per_token"]).Where(l => l != 0), 1e-4);
    }

    [Theory]
    [InlineData("models/qwen2_tied")]
    [InlineData("models/qwen2_untied_sharded")]
    [InlineData("models/qwen3")]
    public void Greedy_generation(string name)
    {
        var golden = new Golden(name);
        using var model = Models.Folder.LoadCausal(Path.Combine(golden.Folder, "model"), new LoadOptions());
        var (layout, _) = Batches.Real(golden.Inputs["left_input_ids"], golden.Inputs["left_attention_mask"]);
        var prompts = layout.Segments.Select(s => layout.InputIds.Skip(s.Start).Take(s.Length).Select(i => (int)i).ToArray()).ToArray();
        var answers = new TextGenerator(model).Generate(new GenerationRequest(prompts, new SamplingOptions(24, 0), model.Config.StopIds()));
        var (ids, lengths) = (Check.Longs(golden.Outputs["gen_new_ids"]), Check.Longs(golden.Outputs["gen_new_len"]));
        for (var row = 0; row < prompts.Length; row++)
        {
            answers[row].Ids.ShouldBe(ids.Skip(row * 24).Take((int)lengths[row]).Select(i => (int)i), $"{name} row {row}");
            answers[row].Finished.ShouldBe(model.Config.StopIds().Contains(answers[row].Ids[^1]));
        }
    }

    [Theory]
    [InlineData("models/qwen2_tied")]
    [InlineData("models/qwen2_untied_sharded")]
    [InlineData("models/qwen3")]
    public void Both_layouts_of_the_configuration_mean_the_same(string name)
    {
        QwenFamily family = name.EndsWith("qwen3", StringComparison.Ordinal) ? new Qwen3Family() : new Qwen2Family();
        var folder = Path.Combine(Golden.Root, name);
        family.Read(ModelConfig.Read(Path.Combine(folder, "config_legacy.json"))).ShouldBe(family.Read(ModelConfig.Read(Path.Combine(folder, "model/config.json"))));
    }
}
