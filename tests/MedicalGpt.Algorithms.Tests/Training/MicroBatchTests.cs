using MedicalGpt.Algorithms.Dpo;
using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Orpo;
using MedicalGpt.Algorithms.Ppo;
using MedicalGpt.Algorithms.Pretrain;
using MedicalGpt.Algorithms.RewardModel;
using MedicalGpt.Algorithms.Sft;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Training;

/// <summary>Loss, gradients and metrics of an update do not depend on how it is cut into micro-batches.</summary>
[Trait("Device", "any")]
public sealed class MicroBatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sft")]
    [InlineData("pt")]
    [InlineData("dpo")]
    [InlineData("orpo")]
    [InlineData("rm")]
    public async Task Offline(string stage)
    {
        IAlgorithm algorithm = stage switch
        {
            "sft" => new SftAlgorithm(new SftOptions()),
            "pt" => new PretrainAlgorithm(new PretrainOptions()),
            "dpo" => new DpoAlgorithm(new DpoOptions { SftWeight = 0.5 }),
            "orpo" => new OrpoAlgorithm(new OrpoOptions()),
            _ => new RewardModelAlgorithm(new RewardModelOptions { CenterRewardsCoefficient = 0.01 }),
        };
        var rows = stage is "sft" or "pt" ? new GoldenRun("sft_lora_accum2").Sequences() : new GoldenRun("dpo_lora").StackedPairs();
        using var models = stage == "rm" ? RunModels.FullScore() : RunModels.Lora(new GoldenRun("dpo_lora"));
        await SameAsync(algorithm, [.. rows.Take(6)], models, [new(6, 1), new(4, 2), new(1, 6)]);
    }

    [Theory]
    [InlineData(GrpoLossType.Dapo)]
    [InlineData(GrpoLossType.Grpo)]
    [InlineData(GrpoLossType.DrGrpo)]
    public async Task Groups_may_be_cut(GrpoLossType type)
    {
        var (prompts, answers) = new GoldenRun("grpo_lora").GroupedRollouts();
        var replay = Replay(answers);
        using var models = RunModels.Lora(new GoldenRun("grpo_lora"));
        var algorithm = new GrpoAlgorithm(new GrpoOptions { NumGenerations = 4, Beta = 0.04, LossType = type, MaxCompletionLength = 8, MaskTruncatedCompletions = true });
        await SameAsync(algorithm, [.. prompts.Take(2)], models, [new(8, 1), new(2, 4), new(1, 8)], replay);
    }

    [Fact]
    public async Task Ppo_with_two_models()
    {
        var (prompts, answers) = new GoldenRun("ppo_full").Rollouts(1);
        var replay = Replay(answers);
        using var models = RunModels.FullPpo();
        await SameAsync(new PpoAlgorithm(new PpoOptions { MaxCompletionLength = 7, WhitenRewards = true, MissingEosPenalty = 1 }), prompts, models, [new(4, 1), new(2, 2), new(1, 4)], replay);
    }

    private static async Task SameAsync(IAlgorithm algorithm, IReadOnlyList<Example> rows, RunModels models, BatchShape[] cuts, string? replay = null)
    {
        var whole = await OneUpdate.OfAsync(algorithm, rows, models, cuts[0], replay);
        foreach (var cut in cuts[1..])
        {
            var parts = await OneUpdate.OfAsync(algorithm, rows, models, cut, replay);
            parts.ShouldEqual(whole, cut.ToString());
            foreach (var (name, value) in whole.Metrics)
                parts.Metrics[name].ShouldBe(value, 1e-4 * Math.Max(1, Math.Abs(value)), $"{cut}: {name}");
        }
    }

    private string Replay(IReadOnlyList<Rollout> answers)
    {
        GoldenRun.WriteReplay(folder.File("replay.jsonl"), answers);
        return folder.File("replay.jsonl");
    }
}
