using MedicalGpt.Options;
using MedicalGpt.Rewards;
using MedicalGpt.Rewards.Medical.Format;
using MedicalGpt.Rewards.Medical.Learned;
using MedicalGpt.Rewards.Medical.Length;

namespace MedicalGpt.Medical.Tests;

public sealed class OtherRewardTests
{
    [Theory]
    [InlineData(AnswerFormat.Line, "Answer: liver", 1)]
    [InlineData(AnswerFormat.Line, "答案：肝", 1)]
    [InlineData(AnswerFormat.Line, "liver", 0)]
    [InlineData(AnswerFormat.Line, "Answer: liver or kidney", 0)]
    [InlineData(AnswerFormat.Line, "答案：肝或肾", 0)]
    [InlineData(AnswerFormat.Line, "Answer: liver\nAnswer: kidney", 0)]
    [InlineData(AnswerFormat.Line, "Answer: liver Answer: kidney", 0)]
    [InlineData(AnswerFormat.Line, "Answer: ", 0)]
    [InlineData(AnswerFormat.Tags, "<answer>liver</answer>", 1)]
    [InlineData(AnswerFormat.Tags, "<answer> </answer>", 0)]
    [InlineData(AnswerFormat.Tags, "<answer>a</answer><answer>b</answer>", 0)]
    [InlineData(AnswerFormat.Tags, "Hm. <answer>a</answer>", 0)]
    [InlineData(AnswerFormat.Think, "<think>line 1\nline 2</think>\n<answer>a</answer>", 1)]
    [InlineData(AnswerFormat.Think, "<answer>a</answer>", 0)]
    [InlineData(AnswerFormat.Think, "<think></think><answer>a</answer>", 0)]
    [InlineData(AnswerFormat.Think, "<think>a<think>b</think><answer>a</answer>", 0)]
    [InlineData(AnswerFormat.Think, "<think>a</think><answer>a</answer> more", 0)]
    public async Task Format_asks_for_one_answer_in_place(AnswerFormat format, string completion, double expected) =>
        (await new AnswerFormatReward(new AnswerFormatOptions { AnswerFormat = format }).Score(RewardCase.Sample(completion, "x"))).Value.ShouldBe(expected);

    [Fact]
    public async Task A_cut_completion_has_no_format() =>
        (await new AnswerFormatReward(new AnswerFormatOptions()).Score(RewardCase.Sample("Answer: liver", "x", finished: false))).Value.ShouldBe(0);

    // DAPO equation 13 with free 10, full 20: 15 tokens -> (10 - 15) / 10 = -0.5.
    [Theory]
    [InlineData(10, true, 0)]
    [InlineData(15, true, -0.5)]
    [InlineData(20, true, -1)]
    [InlineData(30, true, -1)]
    [InlineData(3, false, -1)]
    public async Task Length_penalty_grows_linearly(int tokens, bool finished, double expected) =>
        (await new LengthPenaltyReward(new LengthPenaltyOptions { LengthPenaltyFree = 10, LengthPenaltyFull = 20 })
            .Score(RewardCase.Sample("a", "x", finished, tokens))).Value.ShouldBe(expected);

    [Fact]
    public void Length_penalty_needs_room_between_its_limits()
    {
        var errors = new OptionErrors();
        Validate(new LengthPenaltyOptions { LengthPenaltyFree = 20, LengthPenaltyFull = 20 }, errors);
        errors.Items.ShouldHaveSingleItem().Key.ShouldBe("length_penalty_full");

        static void Validate<T>(T options, OptionErrors errors)
            where T : IOptionsRecord<T> => T.Validate(options, errors);
    }

    [Fact]
    public async Task Learned_rewards_come_from_the_hosts_service()
    {
        var reward = new LearnedReward(new LearnedRewardOptions { LearnedRewardPath = "/models/rm" }, new Services(new LengthAsReward()));
        (await reward.Score(RewardCase.Sample("four", "x"))).Value.ShouldBe(4);
    }

    [Fact]
    public void Without_the_service_the_error_says_so() =>
        Should.Throw<MedicalGptException>(() => new LearnedReward(new LearnedRewardOptions(), new Services(null))).Message.ShouldContain("reward models");

    private sealed class Services(ILearnedReward? model) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(ILearnedReward) ? model : null;
    }

    private sealed class LengthAsReward : ILearnedReward
    {
        public ValueTask<IReadOnlyList<double>> ScoreAsync(string modelDirectory, IReadOnlyList<RewardSample> samples, CancellationToken cancellationToken)
        {
            modelDirectory.ShouldBe("/models/rm");
            return ValueTask.FromResult<IReadOnlyList<double>>([.. samples.Select(sample => (double)sample.Completion.Length)]);
        }
    }
}
