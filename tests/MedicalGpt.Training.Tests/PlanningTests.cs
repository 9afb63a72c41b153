using MedicalGpt.Modeling;
using MedicalGpt.Training.Planning;

namespace MedicalGpt.Training.Tests;

/// <summary>What <c>medgpt plan</c> counts, against algebra by hand.</summary>
public sealed class PlanningTests
{
    private static readonly DecoderOptions Tiny = new()
    {
        VocabularySize = 10,
        HiddenSize = 4,
        LayerCount = 2,
        HeadCount = 2,
        KeyValueHeadCount = 1,
        HeadDimension = 2,
        IntermediateSize = 8,
        QueryKeyValueBias = true,
        TiedEmbeddings = true,
    };

    [Fact]
    public void Parameters_are_counted()
    {
        var size = new DecoderSize(Tiny);
        // A layer: q 4·4, k and v 2·4 each, o 4·4, gate, up and down 8·4 each = 144; biases 4 + 2 + 2, norms 2·4. Embedding 10·4, last norm 4.
        size.Linears.ShouldBe(288);
        size.Others.ShouldBe(2 * (8 + 8) + 4);
        size.Total.ShouldBe(288 + 40 + 36);
        // Rank 1, outputs + inputs: 8 + 6 + 6 + 8 + 12 + 12 + 12.
        size.Lora(1).ShouldBe(2 * 64);
    }

    [Fact]
    public void A_prompt_is_counted_once_for_a_pair()
    {
        var lengths = new Dictionary<string, double> { ["max_source_length"] = 3, ["max_target_length"] = 5 };
        var shape = StageShapes.Of("dpo", key => lengths.TryGetValue(key, out var value) ? value : null, new BatchShape(2, 4), 1);
        shape.Tokens.ShouldBe(2 * (3 + 2 * 5));
        shape.ReadTokens.ShouldBe(2 * 2 * 5);
        // Prompts 2·3², answers 4·5·(5 + 3).
        shape.ScoredPairs.ShouldBe(18 + 160);
    }

    [Fact]
    public void The_change_that_is_found_fits()
    {
        var setup = new PlanSetup(GuideTable.Qwen3Of8B, new StageShape("sft", 8, 0, 1, 1024) { ReadTokens = 8192, RowsPerMicroBatch = 8 }) { LoraRank = 8 };
        var budget = MemoryModel.Estimate(setup).Total / 4;
        var change = PlanSearch.Cheapest(setup, budget).ShouldNotBeNull();
        change.Flags.ShouldNotBeEmpty();
        MemoryModel.Estimate(change.Setup).Total.ShouldBeLessThanOrEqualTo(budget);
        PlanSearch.Cheapest(setup, 1e9).ShouldBeNull();
        PlanSearch.Cheapest(setup, 1e15).ShouldNotBeNull().Flags.ShouldBeEmpty();
    }
}
