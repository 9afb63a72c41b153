using MedicalGpt.Tests;
using MedicalGpt.Algorithms.Dpo;
using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Orpo;
using MedicalGpt.Algorithms.Ppo;
using MedicalGpt.Algorithms.Pretrain;
using MedicalGpt.Algorithms.RewardModel;
using MedicalGpt.Algorithms.Sft;
using MedicalGpt.Data;
using MedicalGpt.Modeling;
using MedicalGpt.Models.Qwen;

namespace MedicalGpt.Training.Tests;

/// <summary>Runs of the real algorithms on the small Qwen2 models of the golden files.</summary>
internal static class RealRuns
{
    public const int Eos = 404;

    public static string Model { get; } = Path.Combine(Golden.Root, "models", "qwen2_tied", "model");

    public static string RewardModel { get; } = Path.Combine(Golden.Root, "seqcls", "qwen2_rm", "model");

    public static ModelFolder Folders { get; } = new(new ModelFamilies([new Qwen2Family()]));

    public static TrainerOptions Options(string output, Func<RunOptions, RunOptions>? change = null) => new()
    {
        Model = new ModelOptions { ModelNameOrPath = Model },
        Device = new DeviceOptions { Device = TestDevice.Name },
        Adapter = new AdapterOptions { LoraRank = 4, LoraDropout = 0.1 },
        Optimizer = new OptimizerOptions { LearningRate = 1e-3, WarmupSteps = 1, WeightDecay = 0.01 },
        Run = (change ?? (r => r))(new RunOptions { OutputDir = output, PerDeviceTrainBatchSize = 4, NumTrainEpochs = 1, LoggingSteps = 1, Seed = 7 }),
    };

    public static StageRequest Request(string stage, TrainerOptions options, int rows = 10)
    {
        IAlgorithm algorithm = stage switch
        {
            "sft" => new SftAlgorithm(new SftOptions()),
            "pt" => new PretrainAlgorithm(new PretrainOptions { BlockSize = 16 }),
            "orpo" => new OrpoAlgorithm(new OrpoOptions()),
            "dpo" => new DpoAlgorithm(new DpoOptions()),
            "rm" => new RewardModelAlgorithm(new RewardModelOptions()),
            "grpo" => new GrpoAlgorithm(new GrpoOptions { NumGenerations = 4, MaxCompletionLength = 6, NumIterations = 2, Beta = 0.05 }),
            "ppo" => new PpoAlgorithm(new PpoOptions { MaxCompletionLength = 6, NumPpoEpochs = 2, RewardSource = PpoRewardSource.Both }),
            _ => throw new ArgumentException(stage, nameof(stage)),
        };
        if (stage == "ppo")
            options = options with { Model = options.Model with { RewardModelPath = RewardModel } };
        var models = new StageModels(Folders, options);
        return new StageRequest
        {
            Stage = stage,
            Algorithm = algorithm,
            Options = options,
            Encoder = new IdEncoder(),
            TrainRows = Rows(algorithm.Input, rows).ToAsyncEnumerable(),
            LoadModels = () => models.Load(algorithm.Roles),
            CreateRollouts = m => new SamplingRollouts(((LoadedModels)m).PolicyModel, [Eos], options.Run.Seed),
            Rewards = algorithm.Input == ExampleKind.Prompt ? RewardPipeline.Create([("even", new EvenReward())], []) : new RewardPipeline([]),
        };
    }

    private static IReadOnlyList<Example> Rows(ExampleKind kind, int count)
    {
        var random = new Random(3);
        int[] Ids(int from, int to) => [.. Enumerable.Range(0, random.Next(from, to)).Select(_ => random.Next(5, 400))];
        return [.. Enumerable.Range(0, count).Select(Example (_) => kind switch
        {
            ExampleKind.Text or ExampleKind.Conversation => Sequence([.. Ids(4, 12), 1]),
            ExampleKind.Preference => new TokenizedPair(Ids(3, 9), [.. Ids(1, 6), 1], [.. Ids(1, 6), 1]),
            _ => new TokenizedPrompt(Ids(3, 9), new Dictionary<string, string>()),
        })];
    }

    private static TokenizedSequence Sequence(int[] ids) => new(ids, [TokenizedSequence.Ignore, TokenizedSequence.Ignore, .. ids[2..]]);
}
