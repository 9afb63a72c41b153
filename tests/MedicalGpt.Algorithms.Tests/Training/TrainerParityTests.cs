using MedicalGpt.Algorithms.Dpo;
using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Orpo;
using MedicalGpt.Algorithms.Ppo;
using MedicalGpt.Algorithms.RewardModel;
using MedicalGpt.Algorithms.Sft;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Training;

/// <summary>Whole runs against TRL's own (golden/trainers): every logged series and the final weights.</summary>
[Trait("Device", "any")]
public sealed class TrainerParityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Supervised_fine_tuning_with_accumulation()
    {
        var run = new GoldenRun("sft_lora_accum2");
        var log = await OfflineAsync(run, "sft", new SftAlgorithm(new SftOptions()), run.Sequences());
        Series.Compare(run, log, "loss", "grad_norm", "learning_rate", "num_tokens");
        FinalWeights.CompareAdapter(run, folder.Path);
    }

    [Fact]
    public async Task Direct_preference_optimisation()
    {
        var run = new GoldenRun("dpo_lora");
        var log = await OfflineAsync(run, "dpo", new DpoAlgorithm(new DpoOptions { Beta = run.Number("beta") }), run.StackedPairs());
        Series.Compare(
            run, log, "loss", "grad_norm", "learning_rate", "num_tokens", "rewards/chosen", "rewards/rejected", "rewards/accuracies", "rewards/margins",
            "logps/chosen", "logps/rejected", "logits/chosen", "logits/rejected", "entropy", "mean_token_accuracy");
        FinalWeights.CompareAdapter(run, folder.Path);
    }

    [Fact]
    public async Task Odds_ratio_preference_optimisation()
    {
        var run = new GoldenRun("orpo_lora");
        var log = await OfflineAsync(run, "orpo", new OrpoAlgorithm(new OrpoOptions { Beta = run.Number("beta"), NllScope = OrpoNllScope.Full }), run.SeparatePairs());
        Series.Compare(
            run, log, "loss", "grad_norm", "learning_rate", "rewards/chosen", "rewards/rejected", "rewards/accuracies", "rewards/margins",
            "logps/chosen", "logps/rejected", "nll_loss", "log_odds_ratio", "log_odds_chosen");
        FinalWeights.CompareAdapter(run, folder.Path);
    }

    [Fact]
    public async Task Reward_model()
    {
        var run = new GoldenRun("reward_full");
        var algorithm = new RewardModelAlgorithm(new RewardModelOptions { CenterRewardsCoefficient = run.Number("center_rewards_coefficient") });
        var log = await Stage.RunAsync("rm", algorithm, run.StackedPairs(), RunModels.FullScore, folder.Path, Optimizer(run), o => Batches(run, o));
        Series.Compare(run, log, "loss", "grad_norm", "learning_rate", "num_tokens", "accuracy", "margin", "min_reward", "mean_reward", "max_reward");
        FinalWeights.CompareModel(run, folder.Path);
    }

    [Fact]
    public async Task Group_relative_policy_optimisation()
    {
        var run = new GoldenRun("grpo_lora");
        var (prompts, answers) = run.GroupedRollouts();
        GoldenRun.WriteReplay(folder.File("replay.jsonl"), answers);
        var algorithm = new GrpoAlgorithm(new GrpoOptions
        {
            NumGenerations = 4, NumIterations = 2, MaxCompletionLength = 8, Beta = run.Number("beta"), EpsilonHigh = run.Number("epsilon_high"), Temperature = run.Number("temperature"),
        });
        var output = folder.File("run");
        var log = await Stage.RunAsync("grpo", algorithm, prompts, () => RunModels.Lora(run), output, Optimizer(run), o => Batches(run, o), folder.File("replay.jsonl"));
        Series.Compare(run, log, "loss", "grad_norm", "learning_rate", "kl", "entropy", "clip_ratio/low_mean", "clip_ratio/high_mean", "clip_ratio/region_mean", "clip_ratio/low_min", "clip_ratio/high_max");
        Series.CompareLog(
            run, log, "reward", "reward_std", "frac_reward_zero_std", "rewards/reward_len/mean", "rewards/reward_len/std", "rewards/reward_even/mean", "rewards/reward_even/std", "num_tokens",
            "completions/mean_length", "completions/min_length", "completions/max_length", "completions/clipped_ratio", "completions/mean_terminated_length", "completions/min_terminated_length", "completions/max_terminated_length");
        FinalWeights.CompareAdapter(run, output);
    }

    [Fact]
    public async Task Proximal_policy_optimisation()
    {
        var run = new GoldenRun("ppo_full");
        var (prompts, answers) = run.Rollouts(2);
        GoldenRun.WriteReplay(folder.File("replay.jsonl"), answers);
        var algorithm = new PpoAlgorithm(new PpoOptions
        {
            MaxCompletionLength = 7, Temperature = run.Number("temperature"), NumPpoEpochs = 2, NumMiniBatches = 2, TotalEpisodes = 8, MissingEosPenalty = 1, ScoreAfterEnd = true, SchedulePerRollout = true,
            ReplayOrder = Series.RecordedOrder(run),
        });
        var output = folder.File("run");
        var log = await Stage.RunAsync("ppo", algorithm, prompts, RunModels.FullPpo, output, Optimizer(run) with { MaxGradNorm = 0 }, o => Batches(run, o), folder.File("replay.jsonl"));
        Series.ComparePpo(run, log);
        FinalWeights.ComparePpo(run, output);
    }

    private static RunOptions Batches(GoldenRun run, RunOptions options) => options with
    {
        PerDeviceTrainBatchSize = (int)run.Number("per_device_train_batch_size"),
        GradientAccumulationSteps = (int)run.Number("gradient_accumulation_steps"),
        MaxSteps = (int)run.Number("max_steps"),
    };

    private static OptimizerOptions Optimizer(GoldenRun run) => new()
    {
        LearningRate = run.Number("learning_rate"),
        WeightDecay = run.Number("weight_decay"),
        WarmupSteps = run.Number("warmup_steps"),
        MaxGradNorm = run.Number("max_grad_norm"),
        LrSchedulerType = Enum.Parse<ScheduleType>(run.Arguments.GetProperty("lr_scheduler_type").GetString()!, ignoreCase: true),
    };

    private Task<List<Dictionary<string, double>>> OfflineAsync(GoldenRun run, string name, IAlgorithm algorithm, IReadOnlyList<MedicalGpt.Data.Example> rows) =>
        Stage.RunAsync(name, algorithm, rows, () => RunModels.Lora(run), folder.Path, Optimizer(run), o => Batches(run, o));
}
