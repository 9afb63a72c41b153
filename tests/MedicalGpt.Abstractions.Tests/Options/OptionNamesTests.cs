using MedicalGpt.Options;

namespace MedicalGpt.Abstractions.Tests.Options;

public sealed class OptionNamesTests
{
    [Theory]
    [InlineData("baet", "beta")] // one swap of neighbours; "eta" is two steps away
    [InlineData("lerning_rate", "learning_rate")]
    [InlineData("learningrate", "learning_rate")]
    [InlineData("warmup", "warmup_steps", false)] // six letters missing of six given: too far
    [InlineData("zzz", null)]
    public void Nearest_name_is_found_by_edits_and_swaps(string given, string? expected, bool near = true) =>
        OptionNames.Nearest(given, ["eta", "beta", "learning_rate", "warmup_steps"]).ShouldBe(near ? expected : null);

    [Theory]
    [InlineData("--Learning-Rate", "learning_rate")]
    [InlineData("LEARNING_RATE", "learning_rate")]
    [InlineData("beta", "beta")]
    public void Every_spelling_has_one_key(string given, string key) => OptionNames.Normalize(given).ShouldBe(key);
}
