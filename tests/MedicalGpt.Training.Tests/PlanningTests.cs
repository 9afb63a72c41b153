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
    public void Layers_keep_what_backward_reads()
    {
        // N = 10 tokens, H = 4, I = 8, q = 4, k = 2, two layers, rank 1, fp32. A layer keeps two norms' inputs and two outputs (4 H), queries, keys,
        // values and their mix (2 q + 2 k), gate and up (2 I), and one number per token and branch (7): 10 · 4 · (16 + 12 + 16 + 7) bytes.
        var shape = new StageShape("sft", 1, 0, 1, 10) { ReadTokens = 10, RowsPerMicroBatch = 1 };
        var lora = new PlanSetup(Tiny, shape) { LoraRank = 1 };
        new LayerMemory(lora).Kept.ShouldBe(2 * 2040);
        // With checkpointing: both inputs, and one layer computed again, whose input is one of them.
        new LayerMemory(lora with { Checkpointing = true }).Kept.ShouldBe(2 * 160 + 2040 - 160);
        // All weights learn: norms keep normalised states (2 H), the MLP its product (I), and there are no branches.
        new LayerMemory(lora with { LoraRank = null }).Kept.ShouldBe(2 * 40 * (16 + 12 + 16 + 8 + 8));
        // Scores of both heads, three times in fp32, and rows: 100 · 2 · 12 + 40 · (5 · 4 + 4 · 2).
        new LayerMemory(lora).Scores.ShouldBe(2400 + 40 * 28);
    }

    [Fact]
    public void A_group_of_attention_has_a_bound()
    {
        var shape = new StageShape("sft", 8, 0, 1, 1024) { ReadTokens = 8192, RowsPerMicroBatch = 8 };
        // 2²² pairs are four rows of 1,024².
        new LayerMemory(new PlanSetup(Tiny, shape)).Scores.ShouldBe((1 << 22) * 2 * 12 + 4096 * 4 * 28);
    }

    [Fact]
    public void Gradients_and_activations_of_a_full_update_are_not_there_at_once()
    {
        var shape = new StageShape("sft", 1, 0, 1, 10) { ReadTokens = 10, RowsPerMicroBatch = 1 };
        double Update(PlanSetup setup) => MemoryModel.Estimate(setup) is var m ? m.Total - m.Resident : 0;
        var one = Update(new PlanSetup(Tiny, shape));
        var several = Update(new PlanSetup(Tiny, shape with { Accumulation = 2 }));
        // With accumulation every micro-batch begins beside all gradients.
        several.ShouldBeGreaterThan(one);
        several.ShouldBeLessThanOrEqualTo(one + 4.0 * new DecoderSize(Tiny).Total);
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

    [Fact]
    public void Bf16_is_priced_as_the_device_computes_it()
    {
        // Every other change is made already, so bf16 alone is left to try. Widened to fp32 it halves frozen weights and nothing else.
        var setup = new PlanSetup(GuideTable.Qwen3Of8B, new StageShape("sft", 1, 0, 1, 256) { ReadTokens = 256, RowsPerMicroBatch = 1 })
        {
            LoraRank = 1,
            Checkpointing = true,
            OptimizerBytes = 2,
            QuantizedBits = 8,
            NarrowComputeBytes = 4,
        };
        double Total(PlanSetup of) => MemoryModel.Estimate(of).Total;
        var (wide, narrow) = (setup with { StoredBytes = 2 }, setup with { StoredBytes = 2, ComputeBytes = 2 });
        // Embedding, head and norms are two bytes less each: 2 · 151,936 · 4,096, and 36 · (2 · 4,096 + 2 · 128) + 4,096.
        Total(wide).ShouldBe(Total(setup) - 2.0 * (2 * 151_936L * 4096 + 36 * 8448 + 4096));
        var change = PlanSearch.Cheapest(setup, Total(wide)).ShouldNotBeNull();
        change.Flags.ShouldBe(["--bf16 True"]);
        change.Setup.ComputeBytes.ShouldBe(4);
        PlanSearch.Cheapest(setup, Total(narrow)).ShouldBeNull();
        PlanSearch.Cheapest(setup with { NarrowComputeBytes = 2 }, Total(narrow)).ShouldNotBeNull();
    }
}
