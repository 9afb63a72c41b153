using MedicalGpt.Modeling;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Tests;

[Trait("Device", "any")]
public sealed class RealModelTests
{
    [Theory]
    [InlineData("sft", 3)]
    [InlineData("dpo", 3)]
    [InlineData("rm", 3)]
    [InlineData("grpo", 4)]
    [InlineData("ppo", 4)]
    public async Task A_resumed_run_ends_with_the_same_weights_to_the_bit(string stage, int step)
    {
        using var folder = new TemporaryFolder();
        StageRequest Request(string output, string? resume) => RealRuns.Request(stage, RealRuns.Options(folder.At(output), r => r with
        {
            MaxSteps = 2 * step,
            SaveSteps = step,
            ResumeFromCheckpoint = resume,
            PerDeviceTrainBatchSize = stage == "grpo" ? 8 : 4,
        }));

        await Runs.RunAsync(Request("straight", null));
        await Runs.RunAsync(Request("resumed", folder.At($"straight/checkpoint-{step}")));

        Runs.Weights(folder.At("resumed"), 2 * step).ShouldBe(Runs.Weights(folder.At("straight"), 2 * step));
        Runs.Weights(folder.At("straight"), step).ShouldNotBe(Runs.Weights(folder.At("straight"), 2 * step));
    }

    [Theory]
    [InlineData("sft")]
    [InlineData("dpo")]
    [InlineData("rm")]
    public async Task How_an_update_is_cut_does_not_matter(string stage)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, micro, steps) in new[] { ("whole", 8, 1), ("cut", 3, 3) })
        {
            var options = RealRuns.Options(folder.At(name), r => r with { PerDeviceTrainBatchSize = micro, GradientAccumulationSteps = steps, MaxSteps = 1, SaveStrategy = IntervalStrategy.No });
            await Runs.RunAsync(RealRuns.Request(stage, options with { Adapter = options.Adapter with { LoraDropout = 0 } }, rows: 8));
        }

        var (whole, cut) = (Runs.Metrics(folder.At("whole"))[0], Runs.Metrics(folder.At("cut"))[0]);
        cut["loss"].ShouldBe(whole["loss"], 1e-5);
        cut["grad_norm"].ShouldBe(whole["grad_norm"], 1e-5 * (1 + whole["grad_norm"]));
    }

    [Fact]
    public async Task Recomputation_gives_the_same_update_and_bf16_one_near_it()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, change) in new (string, Func<ModelOptions, ModelOptions>)[] { ("plain", m => m), ("recomputed", m => m with { GradientCheckpointing = true }), ("bf16", m => m with { Bf16 = true }) })
        {
            var options = RealRuns.Options(folder.At(name), r => r with { MaxSteps = 2 });
            await Runs.RunAsync(RealRuns.Request("sft", options with { Model = change(options.Model) }));
        }

        var (plain, recomputed, half) = (Runs.Metrics(folder.At("plain"))[1], Runs.Metrics(folder.At("recomputed"))[1], Runs.Metrics(folder.At("bf16"))[1]);
        recomputed["loss"].ShouldBe(plain["loss"], 1e-6);
        recomputed["grad_norm"].ShouldBe(plain["grad_norm"], 1e-5);
        half["loss"].ShouldBe(plain["loss"], 0.03 * plain["loss"]); // 8 bits of mantissa: 0.4 % per product
        half["loss"].ShouldNotBe(plain["loss"]);
    }

    [Fact]
    public async Task The_result_is_an_adapter_that_loads_and_continues()
    {
        using var folder = new TemporaryFolder();
        await Runs.RunAsync(RealRuns.Request("sft", RealRuns.Options(folder.At("first"), r => r with { MaxSteps = 2 })));
        File.Exists(folder.At("first/adapter_model.safetensors")).ShouldBeTrue();
        File.Exists(folder.At("first/adapter_config.json")).ShouldBeTrue();

        var options = RealRuns.Options(folder.At("second"), r => r with { MaxSteps = 1 });
        options = options with { Adapter = options.Adapter with { Adapter = folder.At("first") } };
        var models = new StageModels(RealRuns.Folders, options);
        using (var loaded = models.Load(ModelRoles.Policy | ModelRoles.Reference))
        {
            // A continued adapter: the reference is a frozen copy of where it starts, not the bare base.
            var layout = SequenceLayout.Create([Segment.AllLearned([9, 8, 7, 6])]);
            using var scope = NewDisposeScope();
            var policy = loaded.Policy.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.detach().cpu().data<float>().ToArray();
            loaded.Reference.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.cpu().data<float>().ToArray().ShouldBe(policy);
            using var off = loaded.PolicyModel.WithoutAdapter();
            loaded.Policy.Read(layout, ReadoutRequest.LogProbsOnly).LogProbs.detach().cpu().data<float>().ToArray().ShouldNotBe(policy);
        }

        (await Runs.RunAsync(RealRuns.Request("dpo", options))).Completed.ShouldBeTrue();
    }

    [Fact]
    public async Task Ppo_trains_and_saves_the_value_model_too()
    {
        using var folder = new TemporaryFolder();
        var options = RealRuns.Options(folder.Path, r => r with { MaxSteps = 4 });
        await Runs.RunAsync(RealRuns.Request("ppo", options with { Adapter = options.Adapter with { UsePeft = false } }));

        using var before = RealRuns.Folders.LoadScore(RealRuns.RewardModel, new LoadOptions());
        using var after = RealRuns.Folders.LoadScore(folder.At("value_model"), new LoadOptions());
        var changed = before.Parameters.Zip(after.Parameters).Count(p => !p.First.Value.cpu().data<float>().ToArray().SequenceEqual(p.Second.Value.cpu().data<float>().ToArray()));
        changed.ShouldBeGreaterThan(before.Parameters.Count / 2);
        using var policy = RealRuns.Folders.LoadCausal(folder.Path, new LoadOptions());
        policy.VocabularySize.ShouldBe(512);
        Runs.Metrics(folder.Path).ShouldContain(m => m.ContainsKey("rewards/even/mean"));
    }

    [Fact]
    public async Task Ppo_counts_answers_that_no_function_judges()
    {
        using var folder = new TemporaryFolder();
        var options = RealRuns.Options(folder.Path, r => r with { MaxSteps = 1 });
        await Runs.RunAsync(RealRuns.Request("ppo", options) with { Rewards = RewardPipeline.Create([("some", new QuarterReward())], []) });
        Runs.Metrics(folder.Path).Single(m => m.ContainsKey("frac_unjudged"))["frac_unjudged"].ShouldBe(0.75);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_named()
    {
        var options = RealRuns.Options("out");
        string Fails(TrainerOptions wrong, ModelRoles roles) => Should.Throw<MedicalGptException>(() => new StageModels(RealRuns.Folders, wrong).Check(roles)).ToBlock();

        Fails(options with { Model = options.Model with { Reference = "base" }, Adapter = new AdapterOptions { UsePeft = false } }, ModelRoles.Policy | ModelRoles.Reference)
            .ShouldBe("error: --reference base means the model with its adapter switched off, and this run trains all weights (--use_peft false); give --reference copy or a model folder");
        Fails(options, ModelRoles.Policy | ModelRoles.Reward)
            .ShouldBe("error: The stage needs a reward model, and none is given.\n  place:   --reward-model-path\n  allowed: the output folder of medgpt train rm\n  remedy:  name it, or score answers with functions alone: --reward-source functions --reward-functions NAME");
        Fails(options with { Model = options.Model with { ModelNameOrPath = "/nowhere" } }, ModelRoles.Policy)
            .ShouldBe("error: The model folder does not exist.\n  place:   --model-name-or-path\n  given:   /nowhere\n  allowed: a model folder (config.json and safetensors weights) or an adapter folder (adapter_config.json)");
        Fails(options with { Adapter = options.Adapter with { Adapter = RealRuns.Model } }, ModelRoles.Policy)
            .ShouldBe($"error: The folder is no adapter: it has no adapter_config.json.\n  place:   --adapter\n  given:   {RealRuns.Model}\n  allowed: a PEFT adapter folder\n  remedy:  give a whole model as --model-name-or-path");
    }
}
