using MedicalGpt.Rewards;

namespace MedicalGpt.Training.Tests;

public sealed class RewardPipelineTests
{
    private static readonly RewardSample Sample = new([], "x", [1], new Dictionary<string, string>(), true);

    [Fact]
    public async Task Totals_are_weighted_and_skip_what_does_not_apply()
    {
        var pipeline = RewardPipeline.Create([("a", new Fixed(1, 2, null)), ("b", new Fixed(10, null, null))], [2, 0.5]);

        var result = await pipeline.ScoreAsync([Sample, Sample, Sample], default);

        result.Total[0].ShouldBe(2 * 1 + 0.5 * 10);
        result.Total[1].ShouldBe(2 * 2);
        result.Total[2].ShouldBe(double.NaN);
        result.ByFunction[1].ShouldBe([10, double.NaN, double.NaN]);
        var metrics = pipeline.TakeMetrics().Values;
        metrics["rewards/a/mean"].ShouldBe(1.5);
        metrics["rewards/a/std"].ShouldBe(Math.Sqrt(0.5), 1e-12); // unbiased: ((1-1.5)² + (2-1.5)²) / 1
        metrics["rewards/b/mean"].ShouldBe(10);
        metrics.Keys.ShouldNotContain("rewards/b/std");
    }

    [Fact]
    public void Weights_must_match_functions() =>
        Should.Throw<MedicalGptException>(() => RewardPipeline.Create([("a", new Fixed(1))], [1, 2]))
            .Message.ShouldBe("--reward_weights has 2 values for 1 reward functions (a); give one weight per function, or none for 1 each");

    [Fact]
    public async Task A_function_that_miscounts_or_gives_nan_is_named()
    {
        (await Should.ThrowAsync<MedicalGptException>(async () => await RewardPipeline.Create([("short", new Fixed(1))], []).ScoreAsync([Sample, Sample], default)))
            .Message.ShouldBe("reward function short gave 1 scores for 2 answers; it must give one per answer, in order");
        (await Should.ThrowAsync<MedicalGptException>(async () => await RewardPipeline.Create([("odd", new Fixed(double.NaN))], []).ScoreAsync([Sample], default)))
            .Message.ShouldBe("reward function odd gave NaN for answer 0; scores must be finite, or null where the function does not apply");
    }

    private sealed class Fixed(params double?[] values) : IRewardFunction
    {
        public async ValueTask<IReadOnlyList<RewardScore>> ScoreAsync(IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return [.. values.Select(v => new RewardScore(v))];
        }
    }
}
