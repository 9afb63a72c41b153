using MedicalGpt.Modeling;

namespace MedicalGpt.Training.Planning;

/// <summary>The seed guide's hardware table (RM, PPO, DPO, ORPO and GRPO of a Qwen3-8B) beside our own figures for the same shape, lengths and batch sizes.</summary>
public static class GuideTable
{
    private const double Rows = 100_000;

    /// <summary>Shape of Qwen3-8B.</summary>
    public static DecoderOptions Qwen3Of8B { get; } = new()
    {
        VocabularySize = 151_936,
        HiddenSize = 4096,
        LayerCount = 36,
        HeadCount = 32,
        KeyValueHeadCount = 8,
        HeadDimension = 128,
        IntermediateSize = 12_288,
        QueryKeyNorm = true,
        MaxPositions = 40_960,
    };

    /// <summary>The rows, for batches of one row (GRPO: four answers of a prompt).</summary>
    public static IReadOnlyList<GuideRow> All { get; } =
    [
        Row("rm", (8, 12), (2, 4), 1, 1024, 512),
        Row("ppo", (24, 32), (8, 12), 1, 1024, 256),
        Row("dpo", (12, 16), (4, 8), 1, 1024, 512),
        Row("orpo", (12, 16), (4, 8), 1, 1024, 512),
        Row("grpo", (8, 12), null, 4, 1024, 512),
    ];

    private static GuideRow Row(string stage, (double, double) memory, (double, double)? hours, int batch, int prompt, int answer)
    {
        var lengths = new Dictionary<string, double> { ["max_source_length"] = prompt, ["max_target_length"] = answer, ["max_completion_length"] = answer, ["num_generations"] = 4 };
        var shape = StageShapes.Of(stage, key => lengths.TryGetValue(key, out var value) ? value : null, new BatchShape(batch, 16), 1);
        var half = new PlanSetup(Qwen3Of8B, shape) { ComputeBytes = 2, StoredBytes = 2, LoraRank = 8, Checkpointing = true, OnCard = true };
        var card = DeviceRate.Known.Single(device => device.Name == "a100-80");
        return new GuideRow(
            stage,
            memory,
            hours,
            MemoryModel.Estimate(half).Total,
            MemoryModel.Estimate(half with { QuantizedBits = PlanSearch.NormalFloatBits }).Total,
            RunTime.Of(half, card, RunTime.UpdatesOf(half, Rows), measured: false).Hours(1));
    }
}
