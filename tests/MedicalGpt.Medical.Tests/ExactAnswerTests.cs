using MedicalGpt.Data;
using MedicalGpt.Rewards;
using MedicalGpt.Rewards.Medical.ExactAnswer;

namespace MedicalGpt.Medical.Tests;

public sealed class ExactAnswerTests
{
    private readonly ExactAnswerReward _reward = new(new ExactAnswerOptions());

    [Theory]
    [InlineData("Answer: beta blocker", "beta blocker")]
    [InlineData("Answer: Beta-blocker.", "beta blocker")]
    [InlineData("It lowers the heart rate.\nThe answer is beta blocker.", "beta blocker")]
    [InlineData("beta blocker", "beta blocker")]
    [InlineData("Answer: the liver", "liver")]
    [InlineData("答案：β受体阻滞剂", "β受体阻滞剂")]
    [InlineData("该药减慢心率。\n答案是 β受体阻滞剂。", "β受体阻滞剂")]
    [InlineData("Answer: 180mg", "180 mg")]
    [InlineData("答案：１８０ mg", "180 mg")]
    [InlineData("<answer>IX</answer>", "IX")]
    [InlineData("<think>heart, so circulatory</think>\n<answer> IX </answer>", "IX")]
    public async Task The_right_answer_is_found_in_its_usual_forms(string completion, string answer) =>
        (await _reward.Score(RewardCase.Sample(completion, answer))).Value.ShouldBe(1);

    [Theory]
    [InlineData("Answer: liver or kidney", "liver")]
    [InlineData("Answer: kidney or liver", "liver")]
    [InlineData("Answer: liver, kidney", "liver")]
    [InlineData("Answer: liver/kidney", "liver")]
    [InlineData("答案：肝或肾", "肝")]
    [InlineData("答案：肝、肾", "肝")]
    [InlineData("Answer: liver\nAnswer: kidney", "liver")]
    [InlineData("Answer: kidney\nAnswer: liver", "liver")]
    [InlineData("Answer: liver Answer: kidney", "kidney")]
    [InlineData("Answer: liver\nor maybe kidney", "liver")]
    [InlineData("<answer>liver</answer><answer>kidney</answer>", "liver")]
    [InlineData("<answer>liver</answer> or kidney", "liver")]
    [InlineData("<answer><answer>liver</answer></answer>", "liver")]
    [InlineData("</answer>liver<answer>", "liver")]
    [InlineData("Low, normal or high? Answer: low, normal or high", "normal")]
    [InlineData("low normal high", "normal")]
    [InlineData("Answer: not liver", "liver")]
    [InlineData("It is the liver, I think", "liver")]
    public async Task Several_answers_copied_options_and_extra_words_are_no_answer(string completion, string answer) =>
        (await _reward.Score(RewardCase.Sample(completion, answer))).Value.ShouldBe(0);

    [Theory]
    [InlineData("Answer: 15 mg", "1.5 mg")]
    [InlineData("Answer: 1.5 mg", "15 mg")]
    [InlineData("Answer: 1 5 mg", "15 mg")]
    [InlineData("Answer: -5 mg", "5 mg")]
    [InlineData("Answer: 180", "180 mg")]
    [InlineData("Answer: 180 mcg", "180 mg")]
    [InlineData("Answer: X I", "XI")]
    [InlineData("Answer: XII", "XI")]
    public async Task Near_misses_are_wrong(string completion, string answer) =>
        (await _reward.Score(RewardCase.Sample(completion, answer))).Value.ShouldBe(0);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Answer:")]
    [InlineData("<answer></answer>")]
    [InlineData("答案：。")]
    [InlineData("the ")]
    public async Task An_empty_answer_matches_nothing_not_even_an_empty_reference(string completion)
    {
        (await _reward.Score(RewardCase.Sample(completion, "liver"))).Value.ShouldBe(0);
        (await _reward.Score(RewardCase.Sample(completion, ""))).Value.ShouldBe(0);
        (await _reward.Score(RewardCase.Sample(completion, "。"))).Value.ShouldBe(0);
    }

    [Fact]
    public async Task A_cut_answer_counts_only_when_asked_for()
    {
        var cut = RewardCase.Sample("Answer: 18", "18", finished: false);
        (await _reward.Score(cut)).Value.ShouldBe(0);
        (await new ExactAnswerReward(new ExactAnswerOptions { ExactAnswerAcceptUnfinished = true }).Score(cut)).Value.ShouldBe(1);
    }

    [Fact]
    public async Task The_part_answered_tells_no_answer_from_a_wrong_one()
    {
        (await _reward.Score(RewardCase.Sample("Answer: kidney", "liver"))).Parts!["answered"].ShouldBe(1);
        (await _reward.Score(RewardCase.Sample("Answer: a\nAnswer: b", "liver"))).Parts!["answered"].ShouldBe(0);
    }

    [Fact]
    public async Task A_row_without_the_column_is_not_scored_but_a_batch_without_it_is_an_error()
    {
        var bare = new RewardSample([], "Answer: liver", [1], new Dictionary<string, string> { ["solution"] = "liver" }, true);
        var scores = await _reward.ScoreAsync([bare, RewardCase.Sample("Answer: liver", "liver")], CancellationToken.None);
        scores.Select(score => score.Value).ShouldBe([null, 1]);
        var error = await Should.ThrowAsync<MedicalGptException>(async () => await _reward.ScoreAsync([bare], CancellationToken.None));
        error.ToBlock().ShouldBe("""
            error: Reward 'exact-answer' finds no column 'answer' in the rows.
              place:   --exact-answer-column
              given:   answer
              allowed: a column of the rows: solution
              remedy:  name the column of the right answer with --exact-answer-column
            """);
    }

    [Fact]
    public async Task The_datasets_own_answers_are_right_and_its_hedges_are_not()
    {
        foreach (var pair in await DatasetUnderTest.Rows<PreferencePair>("reward", "train"))
        {
            var answer = pair.ChosenText[(pair.ChosenText.IndexOfAny([':', '：']) + 1)..].Trim();
            (await _reward.Score(RewardCase.Sample(pair.ChosenText, answer))).Value.ShouldBe(1, pair.ChosenText);
            (await _reward.Score(RewardCase.Sample(pair.RejectedText, answer))).Value.ShouldBe(0, pair.RejectedText);
        }
    }
}
