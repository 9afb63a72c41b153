using MedicalGpt.Algorithms.Dpo;
using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Ppo;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Rows;

public sealed class OnlineShapeTests
{
    [Fact]
    public void A_group_shares_one_computation_of_its_prompt()
    {
        GrpoSample Sample(int group, params int[] completion) => new(new Rollout([5, 6, 7], completion, true), group, 1, true);
        var batch = new GrpoBatch([Sample(0, 8, 2), Sample(0, 9, 2), Sample(0, 2), Sample(1, 8, 8, 2)]);

        // 3 + 2 + 2 + 1, and 3 + 3.
        batch.Layout.TokenCount.ShouldBe(14);
        batch.Layout.TargetIds.ShouldBe([8, 2, 9, 2, 2, 8, 8, 2]);
        batch.Owners.ShouldBe([0, 0, 1, 1, 2, 3, 3, 3]);
        batch.Layout.TargetSources.Take(5).ShouldBe([2, 3, 2, 5, 2]);
    }

    [Fact]
    public void Truncated_answers_can_be_masked()
    {
        var batch = new GrpoBatch([new(new Rollout([5], [8, 9], false), 0, 1, Learned: false), new(new Rollout([5], [2], true), 0, 1, Learned: true)]);
        batch.Mask.ShouldBe([0, 0, 1]);
        batch.Counts["tokens"].ShouldBe(1);
        batch.Counts["answers"].ShouldBe(2);
    }

    [Fact]
    public void Grpo_collects_whole_groups()
    {
        var shape = new GrpoAlgorithm(new GrpoOptions { NumGenerations = 4, NumIterations = 2 }).Shape(new BatchShape(8, 3));
        shape.ShouldBe(new CollectShape(6, 2) { DropIncomplete = true });
    }

    [Fact]
    public void Grpo_refuses_batches_that_cut_groups() =>
        Should.Throw<MedicalGptException>(() => new GrpoAlgorithm(new GrpoOptions { NumGenerations = 4 }).Shape(new BatchShape(3, 2)))
            .Message.ShouldBe("--per-device-train-batch-size 3 × 2 micro-batches = 6 answers per collection, which is no multiple of --num-generations 4; set --gradient-accumulation-steps or --per-device-train-batch-size so that it is, for example --per-device-train-batch-size 4");

    [Fact]
    public void Ppo_episodes_win_over_epochs()
    {
        var shape = new PpoAlgorithm(new PpoOptions { TotalEpisodes = 100, NumPpoEpochs = 2, NumMiniBatches = 2 }).Shape(new BatchShape(4, 2));
        shape.ShouldBe(new CollectShape(8, 4) { DropIncomplete = true, Collections = 13 });
    }

    [Fact]
    public void Ppo_refuses_mini_batches_that_do_not_divide() =>
        Should.Throw<MedicalGptException>(() => new PpoAlgorithm(new PpoOptions { NumMiniBatches = 3 }).Shape(new BatchShape(4, 2)))
            .Message.ShouldBe("--per-device-train-batch-size 4 × --gradient-accumulation-steps 2 = 8 answers cannot be cut into --num-mini-batches 3 equal parts; choose a divisor of 8");

    [Theory]
    [InlineData("0,1,1", "--replay-order, pass 1: '0,1,1' does not name each of the answers 0 to 2 once")]
    [InlineData("2,0,1", "--replay-order holds 1 passes, pass 2 is needed; give one list of indices per pass")]
    public void A_recorded_order_must_fit(string order, string message)
    {
        using var models = RunModels.FullPpo();
        Should.Throw<MedicalGptException>(() => PassOrder.Draw(new PpoOptions { ReplayOrder = order, NumPpoEpochs = 2 }, 3, 0, new LossContext(models, new BatchShape(3, 1))))
            .Message.ShouldBe(message);
    }

    [Fact]
    public void A_resumed_run_goes_on_with_its_state()
    {
        var before = new PpoAlgorithm(new PpoOptions());
        var state = new Dictionary<string, double> { ["kl_coef"] = 0.07, ["collections"] = 3, ["episodes"] = 24 };
        before.Restore(state);
        before.State.ShouldBe(state);
    }

    [Fact]
    public void Exo_pair_needs_label_smoothing() =>
        Should.Throw<MedicalGptException>(() => new DpoAlgorithm(new DpoOptions { LossType = DpoLossType.ExoPair }))
            .Message.ShouldBe("--loss-type exo_pair takes the logarithm of --label-smoothing, which is 0; give a value above 0, for example 0.001");

    [Fact]
    public void Ppo_reads_values_before_each_token_and_after_the_end_where_the_score_is_there()
    {
        PpoSequence[] sequences = [new(new Rollout([5, 6], [8, 9, 2], true), 4), new(new Rollout([7], [8, 2], true), 2)];
        var batch = new PpoBatch(sequences);

        // Row 0: tokens 0 1 | 2 3 4, row 1: 5 | 6 7.
        batch.SlotTokens.ShouldBe([1, 2, 3, 4, 5, 6]);
        batch.LastTokens.ShouldBe([4, 7]);
        batch.Counts["slots"].ShouldBe(6);
    }

    [Fact]
    public void A_long_prompt_is_dropped() =>
        PromptEncoder.Encode(new TokenizedPrompt([1, 2, 3], new Dictionary<string, string>()), new WordEncoder(), 2).DropReason.ShouldBe("prompt longer than max_source_length (2 tokens)");
}
