using MedicalGpt.Algorithms.Dpo;
using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Orpo;
using MedicalGpt.Algorithms.RewardModel;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Algorithms.Tests.Training;

/// <summary>A prompt that is computed once gives the loss and gradients of separate sequences.</summary>
[Trait("Device", "any")]
public sealed class SharedPromptTests
{
    [Theory]
    [InlineData("dpo")]
    [InlineData("orpo")]
    [InlineData("rm")]
    public void Pairs(string stage)
    {
        IAlgorithm algorithm = stage switch
        {
            "dpo" => new DpoAlgorithm(new DpoOptions()),
            "orpo" => new OrpoAlgorithm(new OrpoOptions()),
            _ => new RewardModelAlgorithm(new RewardModelOptions()),
        };
        using var models = stage == "rm" ? RunModels.FullScore() : RunModels.Lora(new GoldenRun("dpo_lora"));
        var context = new LossContext(models, new BatchShape(4, 1));
        PreferenceRow[] shared = [.. new GoldenRun("dpo_lora").StackedPairs().Take(4).Select(r => (PreferenceRow)algorithm.Encode(r, context.Encoder).Example! with { }).Select(r => r with { ReferenceChosen = -30, ReferenceRejected = -31 })];
        PreferenceRow[] separate = [.. shared.Select(Separate)];
        var (once, twice) = (new PreferenceBatch(shared), new PreferenceBatch(separate));

        once.Layout.TokenCount.ShouldBe(twice.Layout.TokenCount - shared.Sum(r => r.Segments[0].Ids.Length));
        OneUpdate.Of(algorithm, [once], context).ShouldEqual(OneUpdate.Of(algorithm, [twice], context), stage);
    }

    [Fact]
    public void Groups()
    {
        var (_, answers) = new GoldenRun("grpo_lora").GroupedRollouts();
        var random = new Random(1);
        GrpoSample[] together = [.. answers.Take(8).Select((a, i) => new GrpoSample(a, i / 4, random.NextDouble() - 0.5, true))];
        GrpoSample[] apart = [.. together.Select((s, i) => s with { Group = i })];
        using var models = RunModels.Lora(new GoldenRun("grpo_lora"));
        var context = new LossContext(models, new BatchShape(8, 1));
        var algorithm = new GrpoAlgorithm(new GrpoOptions());
        var (once, eight) = (new GrpoBatch(together), new GrpoBatch(apart));

        once.Layout.TokenCount.ShouldBe(eight.Layout.TokenCount - (3 * (answers[0].PromptIds.Length + answers[4].PromptIds.Length)));
        OneUpdate.Of(algorithm, [once], context).ShouldEqual(OneUpdate.Of(algorithm, [eight], context), "grpo");
    }

    private static PreferenceRow Separate(PreferenceRow row)
    {
        var prompt = row.Segments[0].Ids;
        Segment Whole(int answer) => new([.. prompt, .. row.Segments[answer].Ids]) { Learned = [.. prompt.Select(_ => false), .. row.Segments[answer].Learned!] };
        return row with { Segments = [Whole(row.Chosen), Whole(row.Rejected)] };
    }
}
