using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Training.Tests;

/// <summary>Nothing grows while a method trains: tensors and their bytes stay exactly what they were, managed memory stays in bounds.</summary>
public sealed class SteadyMemoryTests
{
    private const int Updates = 200;

    // A list that grows by one object of 1.5 KB per update would exceed it.
    private const long ManagedGrowth = 256 << 10;

    // Each method in every run of the tests; 200 updates of the slower ones are in the long category.
    [Theory]
    [InlineData("pt")]
    [InlineData("rm")]
    [InlineData("orpo")]
    [InlineData("ppo")]
    public Task Twenty_updates_hold_what_two_hold(string stage) => HoldsAsync(stage, 20);

    [Theory]
    [InlineData("sft")]
    [InlineData("dpo")]
    [InlineData("grpo")]
    public Task Two_hundred_updates_hold_what_twenty_hold(string stage) => HoldsAsync(stage, Updates);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("pt")]
    [InlineData("rm")]
    [InlineData("orpo")]
    [InlineData("ppo")]
    public Task Two_hundred_updates_hold_what_twenty_hold_with_the_others_too(string stage) => HoldsAsync(stage, Updates);

    private static async Task HoldsAsync(string stage, int updates)
    {
        using var folder = new TemporaryFolder();
        var options = RealRuns.Options(folder.Path, r => r with { MaxSteps = updates, GradientAccumulationSteps = 2, EvalSteps = updates / 4, SaveSteps = updates * 9 / 20, SaveTotalLimit = 1 });
        var request = RealRuns.Request(stage, options, rows: 24);
        var watch = new Watch(updates / 10);
        await Runs.RunAsync(request with { EvalRows = RealRuns.Request(stage, options, rows: 4).TrainRows, Progress = watch });

        watch.Seen.Count.ShouldBe(10);
        var early = watch.Seen[0];
        foreach (var later in watch.Seen)
        {
            later.Blocks.ShouldBe(early.Blocks);
            later.Bytes.ShouldBe(early.Bytes);
            later.InScopes.ShouldBe(0);
            (later.Managed - early.Managed).ShouldBeLessThan(ManagedGrowth);
        }
    }

    private sealed record Holding(long Blocks, long Bytes, long InScopes, long Managed);

    /// <summary>Counts right after an update, before the collector could hide what nobody freed.</summary>
    private sealed class Watch(int every) : ITrainingProgress
    {
        public List<Holding> Seen { get; } = [];

        public void Report(TrainingReport report)
        {
            if (report is StepReport at && at.Step % every == 0)
                Seen.Add(new Holding(TensorMemory.LiveAllocations, TensorMemory.LiveBytes, DisposeScopeManager.Statistics.ThreadTotalLiveCount, GC.GetTotalMemory(forceFullCollection: true)));
        }
    }
}
