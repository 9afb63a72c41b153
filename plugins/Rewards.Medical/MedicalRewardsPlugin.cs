using MedicalGpt.Plugins;
using MedicalGpt.Rewards;
using MedicalGpt.Rewards.Medical;
using MedicalGpt.Rewards.Medical.Choice;
using MedicalGpt.Rewards.Medical.ExactAnswer;
using MedicalGpt.Rewards.Medical.Format;
using MedicalGpt.Rewards.Medical.Learned;
using MedicalGpt.Rewards.Medical.Length;

[assembly: MedicalGptPlugin(typeof(MedicalRewardsPlugin))]
[assembly: PluginComponent(ComponentKinds.Reward, "exact-answer", typeof(ExactAnswerOptions), "1 when the one final answer is the right one, else 0")]
[assembly: PluginComponent(ComponentKinds.Reward, "choice", typeof(ChoiceOptions), "1 when the chosen letters (or yes, no, maybe) are the right ones, else 0")]
[assembly: PluginComponent(ComponentKinds.Reward, "answer-format", typeof(AnswerFormatOptions), "1 when the completion has the asked format with a single answer, else 0")]
[assembly: PluginComponent(ComponentKinds.Reward, "length-penalty", typeof(LengthPenaltyOptions), "0 down to -1 for completions near the length limit")]
[assembly: PluginComponent(ComponentKinds.Reward, "learned-reward", typeof(LearnedRewardOptions), "the score of a reward model")]

namespace MedicalGpt.Rewards.Medical;

/// <summary>Reward functions for verifiable medical questions.</summary>
public sealed class MedicalRewardsPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.Add<IRewardFunction, ExactAnswerOptions>("exact-answer", (options, _) => new ExactAnswerReward(options));
        registry.Add<IRewardFunction, ChoiceOptions>("choice", (options, _) => new ChoiceReward(options));
        registry.Add<IRewardFunction, AnswerFormatOptions>("answer-format", (options, _) => new AnswerFormatReward(options));
        registry.Add<IRewardFunction, LengthPenaltyOptions>("length-penalty", (options, _) => new LengthPenaltyReward(options));
        registry.Add<IRewardFunction, LearnedRewardOptions>("learned-reward", (options, services) => new LearnedReward(options, services));
    }
}
