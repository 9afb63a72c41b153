using MedicalGpt.Data;

namespace MedicalGpt.Medical.Tests;

public sealed class PreferenceBaselinesTests
{
    // Lengths: 2 > 1 (longer wins), 1 < 2 (shorter wins), 1 < 3 (shorter wins), 2 = 2 (tie): shorter wins (2 + 0.5) / 4 = 0.625.
    [Fact]
    public void Length_counts_wins_and_half_of_ties() =>
        PreferenceBaselines.Of([Pair("aa", "a"), Pair("a", "aa"), Pair("a", "aaa"), Pair("aa", "bb")]).LengthOnly.ShouldBe(0.625);

    // The hedge rule (fewer hedging words are better) wins 2 of 2; lengths are equal.
    [Fact]
    public void Format_finds_hedges()
    {
        var baselines = PreferenceBaselines.Of([Pair("lung cancer", "I or XI now"), Pair("肺肺肺", "心或肺")]);
        baselines.LengthOnly.ShouldBe(0.5);
        baselines.FormatOnly.ShouldBe(1);
        baselines.Pairs.ShouldBe(2);
    }

    [Fact]
    public void Of_nothing_is_chance() => PreferenceBaselines.Of([]).ShouldBe(new PreferenceBaselines(0.5, 0.5, 0));

    private static PreferencePair Pair(string chosen, string rejected) => new([new Message(Roles.User, "q")], chosen, rejected);
}
