namespace MedicalGpt.Training.Tests;

public sealed class RunPlanTests
{
    [Fact]
    public void Epochs_round_up_and_a_short_last_collection_counts()
    {
        var plan = RunPlan.Create(new RunOptions { NumTrainEpochs = 1.5 }, new CollectShape(4, 1), 10, "sft");
        plan.StepsPerEpoch.ShouldBe(3); // 4 + 4 + 2 rows
        plan.TotalSteps.ShouldBe(5); // ceil(1.5 x 3)
    }

    [Fact]
    public void Whole_collections_give_several_updates()
    {
        var plan = RunPlan.Create(new RunOptions { NumTrainEpochs = 2 }, new CollectShape(4, 3) { DropIncomplete = true }, 10, "ppo");
        plan.StepsPerEpoch.ShouldBe(6); // 2 collections of 3 updates; 2 rows are left out
        plan.TotalSteps.ShouldBe(12);
    }

    [Fact]
    public void Max_steps_wins_over_the_algorithms_total_which_wins_over_epochs()
    {
        var shape = new CollectShape(4, 3) { Collections = 5 };
        RunPlan.Create(new RunOptions(), shape, 10, "ppo").TotalSteps.ShouldBe(15); // 5 x 3
        RunPlan.Create(new RunOptions { MaxSteps = 7 }, shape, 10, "ppo").TotalSteps.ShouldBe(7);
    }

    [Fact]
    public void Epochs_are_passes_over_the_rows_whatever_sets_the_end()
    {
        // 10 rows, 4 in a collection of 3 updates: 2 collections or 6 updates in a pass.
        var shape = new CollectShape(4, 3) { DropIncomplete = true };
        RunPlan.Create(new RunOptions { NumTrainEpochs = 3 }, shape, 10, "ppo").Epochs.ShouldBe(3);
        RunPlan.Create(new RunOptions { NumTrainEpochs = 3 }, shape with { Collections = 5 }, 10, "ppo").Epochs.ShouldBe(2.5);
        RunPlan.Create(new RunOptions { NumTrainEpochs = 3, MaxSteps = 9 }, shape with { Collections = 5 }, 10, "ppo").Epochs.ShouldBe(1.5);
    }

    [Fact]
    public void Too_few_rows_for_one_collection_is_an_error() =>
        Should.Throw<MedicalGptException>(() => RunPlan.Create(new RunOptions(), new CollectShape(16, 1) { DropIncomplete = true }, 10, "grpo"))
            .Message.ShouldBe("stage grpo: 10 training rows are fewer than one collection of 16; give more rows, or lower --per_device_train_batch_size or --gradient_accumulation_steps");
}
