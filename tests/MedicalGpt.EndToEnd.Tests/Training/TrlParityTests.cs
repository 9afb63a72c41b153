using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Algorithms.Tests.Training;

namespace MedicalGpt.EndToEnd.Tests.Training;

/// <summary>Whole runs of TRL repeated by the program: <c>medgpt train</c>, algorithms from their plugin DLLs, <c>--preset trl</c>, pre-tokenised rows, recorded answers. Every series and the final weights.</summary>
public sealed class TrlParityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Sft_lora_accum2()
    {
        var run = new GoldenRun("sft_lora_accum2");
        var stage = new RecordedStage("sft", run, folder).WithAdapter(reference: false).WithRows(run.Sequences());
        Series.Compare(run, await stage.TrainAsync(), "loss", "grad_norm", "learning_rate", "num_tokens");
        FinalWeights.CompareAdapter(run, stage.Output);
    }

    [Fact]
    public async Task Dpo_lora()
    {
        var run = new GoldenRun("dpo_lora");
        var stage = new RecordedStage("dpo", run, folder).WithAdapter(reference: true).WithRows(run.StackedPairs());
        Series.Compare(run, await stage.With("--beta", stage.Number("beta")).TrainAsync(), "loss", "grad_norm", "learning_rate", "rewards/chosen", "rewards/rejected", "rewards/accuracies", "rewards/margins", "logps/chosen", "logps/rejected", "logits/chosen", "entropy");
        FinalWeights.CompareAdapter(run, stage.Output);
    }

    [Fact]
    public async Task Orpo_lora()
    {
        var run = new GoldenRun("orpo_lora");
        var stage = new RecordedStage("orpo", run, folder).WithAdapter(reference: false).WithRows(run.SeparatePairs());
        Series.Compare(run, await stage.With("--lambda_orpo", stage.Number("beta")).TrainAsync(), "loss", "grad_norm", "learning_rate", "nll_loss", "log_odds_ratio", "log_odds_chosen", "rewards/margins");
        FinalWeights.CompareAdapter(run, stage.Output);
    }

    [Fact]
    public async Task Reward_full()
    {
        var run = new GoldenRun("reward_full");
        var stage = new RecordedStage("rm", run, folder).WithRows(run.StackedPairs())
            .With("--model_name_or_path", Golden.Fixture(run.Golden.Case.GetProperty("base_model").GetString()!), "--use_peft", "false");
        Series.Compare(run, await stage.With("--center_rewards_coefficient", stage.Number("center_rewards_coefficient")).TrainAsync(), "loss", "grad_norm", "learning_rate", "accuracy", "margin", "min_reward", "mean_reward", "max_reward");
        FinalWeights.CompareModel(run, stage.Output);
    }

    [Fact]
    public async Task Grpo_lora()
    {
        var run = new GoldenRun("grpo_lora");
        var (prompts, answers) = run.GroupedRollouts();
        var stage = new RecordedStage("grpo", run, folder).WithAdapter(reference: true).WithRows(prompts).WithReplay(answers)
            .With("--reward_functions", "reward-len,reward-even", "--reward_weights", "1,0.5", "--num_generations", "4", "--num_iterations", "2", "--max_completion_length", "8");
        stage.With("--beta", stage.Number("beta"), "--epsilon_high", stage.Number("epsilon_high"), "--temperature", stage.Number("temperature"));
        var log = await stage.TrainAsync(Path.Combine(Medgpt.Root, "artifacts", "golden-plugins"));
        Series.Compare(run, log, "loss", "grad_norm", "learning_rate", "kl", "entropy", "clip_ratio/low_mean", "clip_ratio/high_mean");
        Series.CompareLog(run, log, "reward", "reward_std", "frac_reward_zero_std", "completions/mean_length", "completions/clipped_ratio");
        FinalWeights.CompareAdapter(run, stage.Output);
    }

    [Fact]
    public async Task Ppo_full()
    {
        var run = new GoldenRun("ppo_full");
        var (prompts, answers) = run.Rollouts(2);
        var reward = Golden.Fixture("seqcls/qwen2_rm/model");
        var stage = new RecordedStage("ppo", run, folder).WithRows(prompts).WithReplay(answers).With(
            "--sft_model_path", Golden.Fixture("models/qwen2_tied/model"), "--reward_model_path", reward, "--value_model_path", reward, "--use_peft", "false",
            "--response_length", "7", "--num_ppo_epochs", "2", "--num_mini_batches", "2", "--total_episodes", "8", "--missing_eos_penalty", "1", "--replay_order", Series.RecordedOrder(run));
        Series.ComparePpo(run, await stage.TrainAsync());
        FinalWeights.ComparePpo(run, stage.Output);
    }
}
