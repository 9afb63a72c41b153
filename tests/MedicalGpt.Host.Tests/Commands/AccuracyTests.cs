using MedicalGpt.Host.Commands.Compare;

namespace MedicalGpt.Host.Tests.Commands;

/// <summary>Intervals of a comparison, against values worked out by hand.</summary>
public sealed class AccuracyTests
{
    // z² = 3.841459. Wilson: centre (p + z²/2n) / (1 + z²/n), half z / (1 + z²/n) · √(p(1-p)/n + z²/4n²).
    // n = 10, p = 0.5: centre 0.5; half 1.959964 / 1.384146 · √(0.025 + 0.009603648) = 0.263405.
    // n = 20, p = 1: the upper end is 1, the lower one n / (n + z²) = 20 / 23.841459 = 0.838875.
    [Theory]
    [InlineData(5, 5, 0.5, 0.236595, 0.763405)]
    [InlineData(20, 0, 1, 0.838875, 1)]
    public void Shares_of_right_answers_have_Wilsons_interval(int right, int wrong, double mean, double low, double high)
    {
        var accuracy = Accuracy.Of([.. Enumerable.Repeat(1.0, right), .. Enumerable.Repeat(0.0, wrong)]);
        accuracy.Mean.ShouldBe(mean, 1e-12);
        accuracy.Low.ShouldBe(low, 1e-5);
        accuracy.High.ShouldBe(high, 1e-5);
        accuracy.Count.ShouldBe(right + wrong);
    }

    [Fact]
    public void Other_rewards_have_the_normal_interval()
    {
        var accuracy = Accuracy.Of([2.0, -1.0]);
        accuracy.Mean.ShouldBe(0.5);
        // Deviation √(2 · 1.5²) = 2.12132; half 1.959964 · 2.12132 / √2 = 2.939946.
        accuracy.Low.ShouldBe(0.5 - 2.939946, 1e-5);
        accuracy.High.ShouldBe(0.5 + 2.939946, 1e-5);
    }

    [Fact]
    public void Nothing_judged_is_no_accuracy() => Accuracy.Of([]).Mean.ShouldBe(double.NaN);
}
