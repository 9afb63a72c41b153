using System.Text.Json;

namespace MedicalGpt.Training.Tests;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData("linear_w3_t20", ScheduleType.Linear)]
    [InlineData("linear_w0_t10", ScheduleType.Linear)]
    [InlineData("cosine_w4_t20", ScheduleType.Cosine)]
    [InlineData("constant", ScheduleType.Constant)]
    [InlineData("constant_warmup5", ScheduleType.ConstantWithWarmup)]
    public void Rates_are_those_of_transformers(string key, ScheduleType type)
    {
        var config = Golden.Case("sched_opt/sched_opt").GetProperty("configs").GetProperty(key);
        var schedule = new LearningRateSchedule(type, config.GetProperty("lr").GetDouble(), Number(config, "warmup"), Number(config, "total"));
        var expected = config.GetProperty("lr_series").EnumerateArray().Select(v => v.GetDouble()).ToArray();

        for (var step = 0; step < expected.Length; step++)
            schedule.At(step).ShouldBe(expected[step], 1e-12, $"step {step}");
    }

    [Fact]
    public void A_warmup_ratio_rounds_up()
    {
        new OptimizerOptions { WarmupRatio = 0.1 }.WarmupUpdates(25).ShouldBe(3); // ceil(2.5)
        new OptimizerOptions { WarmupSteps = 0.1 }.WarmupUpdates(25).ShouldBe(3);
        new OptimizerOptions { WarmupSteps = 7, WarmupRatio = 0.5 }.WarmupUpdates(25).ShouldBe(7);
    }

    private static int Number(JsonElement config, string name) => config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;
}
