using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Support;

/// <summary>Runs a stage with the real trainer.</summary>
public static class Stage
{
    public static async Task<List<Dictionary<string, double>>> RunAsync(
        string name,
        IAlgorithm algorithm,
        IReadOnlyList<Example> rows,
        Func<ITrainedModels> models,
        string output,
        OptimizerOptions optimizer,
        Func<RunOptions, RunOptions> run,
        string? replay = null)
    {
        using var compute = new ComputeThread();
        var request = new StageRequest
        {
            Stage = name,
            Algorithm = algorithm,
            Options = new TrainerOptions
            {
                Run = run(new RunOptions { OutputDir = output, LoggingSteps = 1, SaveStrategy = IntervalStrategy.No, NumTrainEpochs = 1 }),
                Data = new DataOptions { Shuffle = false },
                Optimizer = optimizer,
            },
            Encoder = new TokenEncoder(),
            TrainRows = rows.ToAsyncEnumerable(),
            LoadModels = models,
            CreateRollouts = replay is null ? null : _ => new ReplayRollouts(replay),
            Rewards = algorithm.UsesRewardFunctions ? RewardPipeline.Create([("reward_len", new LengthReward()), ("reward_even", new EvenReward())], [1.0, 0.5]) : new RewardPipeline([]),
        };
        (await new Trainer(compute).RunAsync(request, CancellationToken.None)).Completed.ShouldBeTrue();
        return [.. File.ReadLines(Path.Combine(output, "metrics.jsonl")).Select(Numbers).Where(line => line.ContainsKey("loss"))];
    }

    private static Dictionary<string, double> Numbers(string line) =>
        JsonSerializer.Deserialize<Dictionary<string, double?>>(line)!.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!.Value);
}
