using MedicalGpt.Data;
using MedicalGpt.Rewards;

namespace MedicalGpt.Medical.Tests;

/// <summary>Scores one completion.</summary>
internal static class RewardCase
{
    public static RewardSample Sample(string completion, string answer, bool finished = true, int tokens = 3) =>
        new([new Message(Roles.User, "question")], completion, new int[tokens], new Dictionary<string, string> { ["answer"] = answer }, finished);

    public static async Task<RewardScore> Score(this IRewardFunction reward, RewardSample sample) =>
        (await reward.ScoreAsync([sample], CancellationToken.None)).ShouldHaveSingleItem();
}
