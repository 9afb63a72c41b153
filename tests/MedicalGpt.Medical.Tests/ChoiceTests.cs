using MedicalGpt.Rewards.Medical.Choice;

namespace MedicalGpt.Medical.Tests;

public sealed class ChoiceTests
{
    private readonly ChoiceReward _reward = new(new ChoiceOptions());

    [Theory]
    [InlineData("C", "C")]
    [InlineData("(C)", "C")]
    [InlineData("答案：C", "C")]
    [InlineData("答案是Ｃ。", "C")]
    [InlineData("答案：C. 出血量", "C")]
    [InlineData("Answer: B. vitamin C deficiency", "B")]
    [InlineData("出血量决定表现。\n答案：C", "C")]
    [InlineData("答案：D、A、C", "ACD")]
    [InlineData("Answer: A, C and D", "ACD")]
    [InlineData("ACD", "ACD")]
    [InlineData("Answer: yes", "yes")]
    [InlineData("Yes, because the trial says so.", "yes")]
    [InlineData("<answer>maybe</answer>", "maybe")]
    public async Task The_right_choice_is_found(string completion, string answer) =>
        (await _reward.Score(RewardCase.Sample(completion, answer))).Value.ShouldBe(1);

    [Theory]
    [InlineData("A or C", "C")]
    [InlineData("答案：A或C", "C")]
    [InlineData("Answer: C. volume or A. site", "C")]
    [InlineData("A. 原发病 B. 出血部位 C. 出血量", "A")]
    [InlineData("A. 原发病\nB. 出血部位\nC. 出血量\n答案：A\n答案：C", "C")]
    [InlineData("ABCDE", "C")]
    [InlineData("AC", "ACD")]
    [InlineData("ACDE", "ACD")]
    [InlineData("CC", "C")]
    [InlineData("Cancer", "C")]
    [InlineData("c", "C")]
    [InlineData("yes or no", "yes")]
    [InlineData("Yes. No. Maybe.", "yes")]
    [InlineData("It is yes", "yes")]
    [InlineData("nothing", "no")]
    [InlineData("", "C")]
    public async Task Several_choices_or_none_score_zero(string completion, string answer) =>
        (await _reward.Score(RewardCase.Sample(completion, answer))).Value.ShouldBe(0);

    [Fact]
    public async Task A_cut_completion_scores_zero() =>
        (await _reward.Score(RewardCase.Sample("C", "C", finished: false))).Value.ShouldBe(0);

    [Theory]
    [InlineData("nan")]
    [InlineData(" ")]
    public async Task A_row_without_an_answer_is_not_scored(string answer) =>
        (await _reward.Score(RewardCase.Sample("C", answer))).Value.ShouldBeNull();

    [Fact]
    public async Task A_reference_that_is_no_choice_is_an_error()
    {
        var error = await Should.ThrowAsync<MedicalGptException>(() => _reward.Score(RewardCase.Sample("C", "the liver")));
        error.Given.ShouldBe("the liver");
        error.Remedy.ShouldNotBeNull().ShouldContain("exact-answer");
    }
}
