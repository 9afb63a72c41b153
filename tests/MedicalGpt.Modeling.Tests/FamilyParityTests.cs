using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Numbers of transformers' causal models, one case per family and variant.</summary>
[Trait("Device", "any")]
public sealed class FamilyParityTests
{
    public static TheoryData<string> Cases => [.. Names];

    public static IEnumerable<object[]> Paddings => Names.SelectMany(n => new object[][] { [n, "left"], [n, "right"] });

    private static readonly string[] Names = ["qwen2_tied", "qwen2_untied_sharded", "qwen2_yarn", "qwen3", "llama2_mha", "llama3_rope", "mistral_swa", "gemma2", "gemma3_text", "phi3"];

    [Theory]
    [MemberData(nameof(Paddings))]
    public void Logits_of_both_paddings(string name, string side)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden($"models/{name}");
        using var model = Models.Load(golden);
        var (layout, places) = Batches.Real(golden.Inputs[$"{side}_input_ids"], golden.Inputs[$"{side}_attention_mask"]);
        var logits = model.Logits(layout, Batches.AllTokens(layout));
        Check.Close(logits, Batches.At(golden.Outputs[$"{side}_logits"], places), golden.Tolerance("logits_atol"), 0, $"{name} {side} logits");
    }

    public static TheoryData<string> CasesWithHiddenStates => [.. Names.Where(n => n != "qwen2_yarn")];

    [Theory]
    [MemberData(nameof(CasesWithHiddenStates))]
    public void Hidden_states_of_every_layer(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden($"models/{name}");
        using var model = Models.Load(golden);
        var (layout, places) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"]);
        var seen = new List<Tensor>();
        var last = model.Decoder.Forward(layout.InputIds, layout.Positions, SegmentAttention.Create(layout, model.Options.Window, model.Device), default, observe: t => seen.Add(t.clone().DetachFromDisposeScope()));
        seen.Count.ShouldBe(model.Options.LayerCount + 1);
        for (var i = 0; i < seen.Count; i++)
            Check.Close(seen[i], Batches.At(golden.Outputs[i == 0 ? "hidden.embed" : $"hidden.layer{i - 1}"], places), golden.Tolerance("hidden_atol"), 0, $"{name} hidden state {i}");
        Check.Close(model.Decoder.Normalize(last), Batches.At(golden.Outputs["hidden.final_norm"], places), golden.Tolerance("hidden_atol"), 0, $"{name} final norm");
    }

    [Fact]
    public void Loss_and_all_gradients_of_Llama() => CheckGradients("llama3_rope", checkpointing: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_loss_per_token(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var golden = new Golden($"models/{name}");
        using var model = Models.Load(golden);
        var (layout, _) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"], golden.Inputs["labels"]);
        var losses = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.neg();
        Check.Close(losses.mean(), golden.Outputs["loss"], golden.Tolerance("loss_atol"), 0, $"{name} loss");
        var expected = Check.Host(golden.Outputs["loss_per_token"]).Where(l => l != 0).ToArray();
        Check.Close(losses, tensor(expected), golden.Tolerance("logits_atol"), 0, $"{name} loss per token");
    }

    /// <summary>Gemma's and the windows' derivatives, where the reference has no gradients: the loss along a direction, by central differences.</summary>
    [Theory]
    [InlineData("mistral_swa")]
    [InlineData("gemma2")]
    [InlineData("gemma3_text")]
    [InlineData("phi3")]
    [InlineData("qwen2_yarn")]
    public void Gradients_are_the_slope_of_the_loss(string name)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden($"models/{name}");
        using var model = Models.Load(golden, new LoadOptions { Trained = true });
        var (layout, _) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"], golden.Inputs["labels"]);
        Tensor Loss() => model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
        Loss().backward();
        using var still = no_grad();
        // Along the gradient itself: the slope there is its norm. In fp32 a step of 1e-3 of the loss is seen to about 1e-3.
        foreach (var group in model.TrainableParameters().GroupBy(p => string.Join('.', p.Name.Split('.').TakeLast(2))))
        {
            var norm = Math.Sqrt(group.Sum(p => (double)p.Value.grad!.square().sum().item<float>()));
            var step = 2e-3 / norm;
            Move(step / norm);
            var above = Loss().item<float>();
            Move(-2 * step / norm);
            var below = Loss().item<float>();
            Move(step / norm);
            var slope = (above - below) / (2 * step);
            (slope / norm).ShouldBe(1, 0.01, $"{name} {group.Key}");

            void Move(double by)
            {
                foreach (var parameter in group)
                    parameter.Value.add_(parameter.Value.grad!, by);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Greedy_generation(string name)
    {
        var golden = new Golden($"models/{name}");
        using var model = Models.Load(golden);
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
    [MemberData(nameof(Cases))]
    public void Both_layouts_of_the_configuration_mean_the_same(string name)
    {
        var folder = Path.Combine(Golden.Root, "models", name);
        var (family, old) = Models.Folder.Families.Read(ModelConfig.Read(Path.Combine(folder, "config_legacy.json")));
        var (_, recent) = Models.Folder.Families.Read(ModelConfig.Read(Path.Combine(folder, "model/config.json")));
        old.ShouldBe(recent);
        // What is written means the same, too.
        Models.Folder.Families.Read(new ModelConfig(family.Write(recent), "written")).Options.ShouldBe(recent);
    }

    internal static void CheckGradients(string name, bool checkpointing)
    {
        using var scope = NewDisposeScope();
        var golden = new Golden($"models/{name}");
        using var model = Models.Load(golden, new LoadOptions { Trained = true });
        model.GradientCheckpointing = checkpointing;
        var (layout, _) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"], golden.Inputs["labels"]);
        layout.TargetCount.ShouldBe((int)golden.Case["num_loss_tokens"]!);
        var loss = model.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.mean().neg();
        Check.Close(loss, golden.Outputs["loss"], golden.Tolerance("loss_atol"), 0, $"{name} loss");
        loss.backward();
        var expected = golden.File("grads.safetensors");
        model.TrainableParameters().Select(p => p.Name).Order().ShouldBe(expected.Keys.Order());
        foreach (var parameter in model.TrainableParameters())
            Check.Close(parameter.Value.grad!, expected[parameter.Name], golden.Tolerance("grad_atol"), golden.Tolerance("grad_rtol"), $"{name} gradient of {parameter.Name}");
    }
}
