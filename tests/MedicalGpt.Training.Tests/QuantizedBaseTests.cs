using MedicalGpt.Modeling;

namespace MedicalGpt.Training.Tests;

/// <summary>Every kind of stage on a base of few bits.</summary>
[Trait("Device", "any")]
public sealed class QuantizedBaseTests
{
    [Theory]
    [InlineData("pt", false)]
    [InlineData("sft", false)]
    [InlineData("dpo", false)]
    [InlineData("orpo", false)]
    [InlineData("rm", true)]
    [InlineData("grpo", false)]
    [InlineData("ppo", false)]
    public async Task Adapters_learn_on_it_and_a_resumed_run_ends_the_same(string stage, bool eight)
    {
        using var folder = new TemporaryFolder();
        StageRequest Request(string output, string? resume)
        {
            var options = RealRuns.Options(folder.At(output), r => r with { MaxSteps = 4, SaveSteps = 2, ResumeFromCheckpoint = resume, PerDeviceTrainBatchSize = stage == "grpo" ? 8 : 4 });
            return RealRuns.Request(stage, options with { QuantizedBase = new QuantizedBaseOptions { Qlora = !eight, LoadIn8Bit = eight } });
        }

        await Runs.RunAsync(Request("straight", null));
        await Runs.RunAsync(Request("resumed", folder.At("straight/checkpoint-2")));
        Runs.Weights(folder.At("resumed"), 4).ShouldBe(Runs.Weights(folder.At("straight"), 4));
        Runs.Weights(folder.At("straight"), 2).ShouldNotBe(Runs.Weights(folder.At("straight"), 4));
        File.Exists(folder.At("straight/adapter_model.safetensors")).ShouldBeTrue();
    }

    [Fact]
    public void The_reference_of_a_continued_adapter_shares_the_base()
    {
        var options = RealRuns.Options("out");
        options = options with { QuantizedBase = new QuantizedBaseOptions { LoadIn4Bit = true }, Adapter = options.Adapter with { Adapter = Path.Combine(Golden.Root, "lora", "all_linear_r8", "adapter") } };
        using var loaded = new StageModels(RealRuns.Folders, options).Load(ModelRoles.Policy | ModelRoles.Reference);
        loaded.PolicyModel.Parameters.Count(p => p.IsPacked).ShouldBe(28);
        loaded.PolicyModel.Adapters.Select(a => (a.Name, a.IsActive)).ShouldBe([("default", true), ("reference", false)]);
        loaded.Weights.Count.ShouldBe(56); // A and B on 28 layers, of the adapter that learns alone
        loaded.Summary.ShouldContain("4-bit linear layers");
    }

    [Fact]
    public void Its_own_weights_cannot_be_trained()
    {
        var options = RealRuns.Options("out");
        options = options with { QuantizedBase = new QuantizedBaseOptions { LoadIn8Bit = true }, Adapter = new AdapterOptions { UsePeft = false } };
        Should.Throw<MedicalGptException>(() => new StageModels(RealRuns.Folders, options).Check(ModelRoles.Policy)).ToBlock()
            .ShouldBe("error: A quantised base cannot be trained itself.\n  place:   --load-in-8bit\n  given:   --use-peft false\n  allowed: --use-peft true: adapters on it learn");
    }
}
