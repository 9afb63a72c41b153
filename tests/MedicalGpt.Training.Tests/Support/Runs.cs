using MedicalGpt.Data;

namespace MedicalGpt.Training.Tests;

/// <summary>Sets up runs of the tiny model.</summary>
internal static class Runs
{
    public static TrainerOptions Options(string output, Func<RunOptions, RunOptions>? change = null) => new()
    {
        Run = (change ?? (r => r))(new RunOptions { OutputDir = output, PerDeviceTrainBatchSize = 4, NumTrainEpochs = 1, LoggingSteps = 1, Seed = 7 }),
        Optimizer = new OptimizerOptions { LearningRate = 0.05, WeightDecay = 0.01 },
    };

    /// <summary>Rows of 3 to 6 tokens; the last is the stop id and is learned.</summary>
    public static IReadOnlyList<Example> Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Next(2, TinyModels.Vocabulary)), 1];
            int[] labels = [TokenizedSequence.Ignore, .. ids[1..]];
            return (Example)new TokenizedSequence(ids, labels) { Origin = new RowOrigin("test", i + 1) };
        })];
    }

    public static IReadOnlyList<Example> Prompts(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (Example)new TokenizedPrompt([2, 2 + i % (TinyModels.Vocabulary - 2)], new Dictionary<string, string>()))];

    public static StageRequest Offline(TrainerOptions options, IReadOnlyList<Example> rows, double dropout = 0) => new()
    {
        Stage = "sft",
        Algorithm = new CrossEntropy(),
        Options = options,
        Encoder = new IdEncoder(),
        TrainRows = rows.ToAsyncEnumerable(),
        LoadModels = () => new TinyModels(dropout),
    };

    public static StageRequest Online(TrainerOptions options, IReadOnlyList<Example> prompts) => new()
    {
        Stage = "grpo",
        Algorithm = new Reinforce(),
        Options = options,
        Encoder = new IdEncoder(),
        TrainRows = prompts.ToAsyncEnumerable(),
        LoadModels = () => new TinyModels(0.3),
        CreateRollouts = m => new TinyRollouts((TinyModels)m, options.Run.Seed),
        Rewards = RewardPipeline.Create([("threes", new CountingReward())], []),
    };

    public static async Task<StageResult> RunAsync(StageRequest request, CancellationToken cancellationToken = default)
    {
        using var compute = new ComputeThread();
        return await new Trainer(compute).RunAsync(request, cancellationToken);
    }

    /// <summary>The trained weights as stored in a checkpoint.</summary>
    public static byte[] Weights(string output, int step) => File.ReadAllBytes(Path.Combine(output, $"checkpoint-{step}", WeightFile.FileName));

    public static List<Dictionary<string, double>> Metrics(string output) =>
        [.. File.ReadLines(Path.Combine(output, "metrics.jsonl")).Select(l => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, double?>>(l)!.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!.Value))];
}
