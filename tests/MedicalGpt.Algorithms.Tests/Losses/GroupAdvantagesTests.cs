using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Tests.Support;

namespace MedicalGpt.Algorithms.Tests.Losses;

public sealed class GroupAdvantagesTests
{
    private const string Case = "losses/advantages";

    public static TheoryData<string> Keys => [.. Golden.Configs(Case, c => c.GetProperty("trainer").GetString() == "grpo" && !c.TryGetProperty("aggregation", out _))];

    [Fact]
    public void Eight_configurations_are_compared() => Keys.Count.ShouldBe(8);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Matches_trl(string key)
    {
        var golden = new Golden(Case);
        var config = golden.Config(key);
        var parts = golden.Input("rewards_" + config.GetProperty("rewards").GetString());
        double[] weights = config.TryGetProperty("weights", out var w) ? [.. w.EnumerateArray().Select(x => x.GetDouble())] : [1, 1];
        double[] rewards = [.. Enumerable.Range(0, parts.Rows).Select(i => Total(parts.Row(i), weights))];
        var scaling = Enum.Parse<RewardScaling>(config.TryGetProperty("scale_rewards", out var s) ? s.GetString()! : "group", ignoreCase: true);
        var size = golden.Case.GetProperty("num_generations").GetInt32();

        Near.Values(GroupAdvantages.Compute(rewards, size, scaling), golden.Output($"{key}.advantages").F);
        if (scaling == RewardScaling.Group)
            GroupAdvantages.ShareWithoutSpread(rewards, size).ShouldBe(golden.Output($"{key}.is_std_zero").I.Average(), 1e-9);
    }

    [Fact]
    public void Reference_numbers() =>
        Near.Values(GroupAdvantages.Compute([1, 0, .5, 1], 4, RewardScaling.Group), [0.7831858496f, -1.3053097494f, -0.2610619499f, 0.7831858496f]);

    [Fact]
    public void A_group_with_one_judged_answer_teaches_nothing() =>
        GroupAdvantages.Compute([double.NaN, 3, double.NaN, double.NaN], 4, RewardScaling.Group).ShouldBe([0, 0, 0, 0]);

    private static double Total(float[] parts, double[] weights) =>
        parts.All(float.IsNaN) ? double.NaN : parts.Zip(weights, (p, w) => float.IsNaN(p) ? 0 : p * w).Sum();
}
