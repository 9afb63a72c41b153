using MedicalGpt.Tests;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Numbers of transformers' Qwen2ForSequenceClassification with one label.</summary>
[Trait("Device", "any")]
public sealed class ScoreModelTests
{
    private readonly Golden golden = new("seqcls/qwen2_rm");

    [Fact]
    public void Scores_of_every_token()
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var model = Load(new LoadOptions());
        model.FreshHead.ShouldBeFalse();
        foreach (var side in new[] { "left", "right" })
        {
            var (layout, places) = Batches.Real(golden.Inputs[$"{side}_input_ids"], golden.Inputs[$"{side}_attention_mask"]);
            Check.Close(model.Score(layout, Batches.AllTokens(layout)), Batches.At(golden.Outputs[$"{side}_token_scores"], places), golden.Tolerance("rewards_atol"), 0, $"{side} token scores");
        }
    }

    [Fact]
    public void Rewards_and_gradients_of_pairs()
    {
        using var scope = NewDisposeScope();
        using var model = Load(new LoadOptions { Trained = true });
        var rewards = PairRewards(model);
        var pairs = (int)golden.Case["num_pairs"]!;
        var (chosen, rejected) = (rewards.narrow(0, 0, pairs), rewards.narrow(0, pairs, pairs));
        Check.Close(chosen, golden.Outputs["pair_rewards_chosen"], golden.Tolerance("rewards_atol"), 0, "chosen rewards");
        Check.Close(rejected, golden.Outputs["pair_rewards_rejected"], golden.Tolerance("rewards_atol"), 0, "rejected rewards");
        var loss = nn.functional.logsigmoid(chosen.sub(rejected)).mean().neg();
        Check.Close(loss, golden.Outputs["plain.loss"], golden.Tolerance("loss_atol"), 0, "plain loss");
        loss.backward();
        var (absolute, relative) = (golden.Tolerance("grad_atol"), golden.Tolerance("grad_rtol"));
        Tensor Gradient(string name) => model.Parameters.Single(p => p.Name == name).Value.grad!;
        Check.Close(Gradient("score.weight"), golden.Outputs["plain.grad_score_weight"], absolute, relative, "gradient of score.weight");
        Check.Close(Gradient("model.layers.0.self_attn.q_proj.weight"), golden.Outputs["plain.grad_q_proj_layer0"], absolute, relative, "gradient of q_proj 0");
        Gradient("model.embed_tokens.weight").square().sum().sqrt().item<float>().ShouldBe(golden.Outputs["plain.grad_embed_tokens_norm"].item<float>(), 1e-3f);
    }

    [Fact]
    public void An_adapter_with_its_own_head()
    {
        using var scope = NewDisposeScope();
        using var model = Load(new LoadOptions { Adapter = Path.Combine(golden.Folder, "adapter"), AdapterTrained = true });
        var (layout, _) = Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"]);
        var pooled = Check.Longs(golden.Outputs["right_pooled_index"]);
        // Rewards are read where the reference pooled; two rows pool elsewhere than at their last real token (oddity 4) and are left out.
        var rows = Enumerable.Range(0, layout.RowCount).Where(r => pooled[r] < layout.Segments[r].Length).ToArray();
        rows.Length.ShouldBeGreaterThanOrEqualTo(3);
        var scores = model.Score(layout, [.. rows.Select(r => layout.Segments[r].Start + pooled[r])]);
        Check.Close(scores, golden.Outputs["lora.right_rewards"].index_select(0, tensor(rows.Select(r => (long)r).ToArray())), golden.Tolerance("rewards_atol"), 0, "rewards with adapter");
        var rewards = PairRewards(model);
        var (chosen, rejected) = (rewards.narrow(0, 0, 4), rewards.narrow(0, 4, 4));
        var loss = nn.functional.logsigmoid(chosen.sub(rejected).sub(golden.Inputs["margin"].to(TestDevice.Device))).mean().neg().add(chosen.add(rejected).square().mean().mul(0.01));
        Check.Close(loss, golden.Outputs["lora.margin_center.loss"], golden.Tolerance("loss_atol"), 0, "loss with margin and centre");
        loss.backward();
        var expected = golden.File("lora_grads.safetensors");
        model.TrainableParameters().Select(p => p.Name).Order().ShouldBe(expected.Keys.Order());
        foreach (var parameter in model.TrainableParameters())
            Check.Close(parameter.Value.grad!, expected[parameter.Name], golden.Tolerance("grad_atol"), golden.Tolerance("grad_rtol"), $"gradient of {parameter.Name}");
        using (model.WithoutAdapter())
        using (no_grad())
            Check.Close(model.Score(layout, Batches.AllTokens(layout)), Batches.At(golden.Outputs["right_token_scores"], Batches.Real(golden.Inputs["right_input_ids"], golden.Inputs["right_attention_mask"]).Places), golden.Tolerance("rewards_atol"), 0, "adapter off: the original head");
    }

    [Fact]
    public void A_language_model_becomes_a_score_model_with_a_fresh_head()
    {
        var source = Path.Combine(Golden.Root, "models/qwen2_tied/model");
        using var model = Models.Folder.LoadScore(source, new LoadOptions { Device = TestDevice.Name, Seed = 1 });
        using var again = Models.Folder.LoadScore(source, new LoadOptions { Device = TestDevice.Name, Seed = 1 });
        using var other = Models.Folder.LoadScore(source, new LoadOptions { Device = TestDevice.Name, Seed = 2 });
        model.FreshHead.ShouldBeTrue();
        var head = Check.Host(model.Head.Weight.Value);
        head.ShouldBe(Check.Host(again.Head.Weight.Value));
        head.ShouldNotBe(Check.Host(other.Head.Weight.Value));
        // 64 draws of N(0, 0.02): standard error of the deviation 0.02 / √128 = 0.0018.
        Math.Sqrt(head.Average(h => h * h)).ShouldBe(0.02, 0.006);
        var folder = Directory.CreateTempSubdirectory("medgpt-score").FullName;
        ModelFolder.Save(model, folder);
        using var back = Models.Folder.LoadScore(folder, Models.OnDevice());
        back.FreshHead.ShouldBeFalse();
        Check.Host(back.Head.Weight.Value).ShouldBe(head);
        Should.Throw<MedicalGptException>(() => Models.Folder.LoadCausal(folder, Models.OnDevice())).Message.ShouldBe($"{folder}: this is a score model (Qwen2ForSequenceClassification); a language model (Qwen2ForCausalLM) is needed here");
        Directory.Delete(folder, true);
    }

    private ScoreModel Load(LoadOptions options) => Models.Folder.LoadScore(Path.Combine(golden.Folder, "model"), Models.OnDevice(options));

    private Tensor PairRewards(ScoreModel model)
    {
        var (layout, _) = Batches.Real(golden.Inputs["pair_input_ids"], golden.Inputs["pair_attention_mask"]);
        return model.Score(layout, [.. layout.Segments.Select(s => (long)s.Last)]);
    }
}
