using MedicalGpt.Algorithms.Sft;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Rows;

public sealed class SftEncodingTests
{
    private static readonly Conversation Dialogue = new([new(Roles.User, "what dose"), new(Roles.Assistant, "five mg"), new(Roles.User, "why"), new(Roles.Assistant, "weight")]);
    private readonly WordEncoder encoder = new();

    [Fact]
    public void Only_the_assistant_is_learned_with_its_end_of_turn()
    {
        // 3 what dose 2 | 3 five mg 2 | 3 why 2 | 3 weight 2
        var segment = Segment(new SftOptions());
        segment.Learned.ShouldBe([false, false, false, false, false, true, true, true, false, false, false, false, true, true]);
    }

    [Fact]
    public void Prompts_are_learned_on_request_but_never_the_first_token() =>
        Segment(new SftOptions { TrainOnInputs = true }).Learned.ShouldBe([false, .. Enumerable.Repeat(true, 13)]);

    [Fact]
    public void What_is_learned_can_be_chosen()
    {
        // 3 what dose 2 | 3 five mg 2 | 3 why 2 | 3 call 2 | 3 result 2 | 3 weight 2
        Conversation dialogue = new([.. Dialogue.Messages.SkipLast(1), new(Roles.Assistant, "call"), new(Roles.Tool, "result"), new(Roles.Assistant, "weight")]);
        Learned(TrainOn.Assistant).ShouldBe([5, 6, 7, 12, 13, 18, 19]);
        Learned(TrainOn.LastAssistant).ShouldBe([18, 19]);
        Learned(TrainOn.Completion).ShouldBe([12, 13, 18, 19]);
        Learned(TrainOn.All).ShouldBe(Enumerable.Range(1, 19));

        IEnumerable<int> Learned(TrainOn scope)
        {
            var learned = new SftAlgorithm(new SftOptions { TrainOn = scope }).Encode(dialogue, encoder).Example!.Segments[0].Learned!;
            return Enumerable.Range(0, learned.Length).Where(i => learned[i]);
        }
    }

    [Fact]
    public void A_long_dialogue_is_cut_and_said_to_be()
    {
        var result = new SftAlgorithm(new SftOptions { ModelMaxLength = 7 }).Encode(Dialogue, encoder);
        result.Truncated.ShouldBeTrue();
        result.Example!.TokenCount.ShouldBe(7);
        result.Example.LearnedCount.ShouldBe(2);
    }

    [Fact]
    public void A_dialogue_whose_answers_fall_away_is_dropped() =>
        new SftAlgorithm(new SftOptions { ModelMaxLength = 5 }).Encode(Dialogue, encoder).DropReason.ShouldBe("nothing to learn within model_max_length (5 tokens)");

    [Theory]
    [InlineData(TrainOn.Completion, "nothing to learn (no assistant turn behind the last question that the row lets be learned)")]
    [InlineData(TrainOn.LastAssistant, "nothing to learn (no last assistant turn that the row lets be learned)")]
    [InlineData(TrainOn.Assistant, "nothing to learn (no assistant turn that the row lets be learned)")]
    public void Why_nothing_is_learned_is_said_of_what_was_chosen(TrainOn scope, string reason)
    {
        Conversation dialogue = new([.. Dialogue.Messages.Select(turn => turn with { Learn = scope == TrainOn.Completion && turn == Dialogue.Messages[1] ? null : turn.Role == Roles.Assistant ? false : null })]);
        if (scope == TrainOn.Completion)
            dialogue = new([.. dialogue.Messages.SkipLast(1)]); // an answer, and a question without one
        new SftAlgorithm(new SftOptions { TrainOn = scope }).Encode(dialogue, encoder).DropReason.ShouldBe(reason);
    }

    [Fact]
    public void Token_ids_of_which_none_is_learned_say_so() =>
        new SftAlgorithm(new SftOptions()).Encode(new TokenizedSequence([4, 5], [-100, -100]), encoder).DropReason.ShouldBe("nothing to learn (no label is learned)");

    [Fact]
    public void Prompt_and_completion_end_with_end_of_text()
    {
        var result = new SftAlgorithm(new SftOptions()).Encode(new PromptCompletion("a b", "c"), encoder);
        result.Example!.Segments[0].Ids.ShouldBe([4, 5, 6, 1]);
        result.Example.Segments[0].Learned.ShouldBe([false, false, true, true]);
    }

    [Fact]
    public void Pre_tokenised_labels_are_the_mask()
    {
        var result = new SftAlgorithm(new SftOptions()).Encode(new TokenizedSequence([9, 8, 7], [-100, -100, 7]), encoder);
        result.Example!.Segments[0].Learned.ShouldBe([false, false, true]);
    }

    [Fact]
    public void Another_kind_of_row_is_an_error_that_names_the_row()
    {
        var row = new PlainText("text") { Origin = new RowOrigin("a.txt", 3) };
        Should.Throw<MedicalGptException>(() => new SftAlgorithm(new SftOptions()).Encode(row, encoder)).Message.ShouldStartWith("a.txt:3: a dialogue is needed");
    }

    private Segment Segment(SftOptions options) => new SftAlgorithm(options).Encode(Dialogue, encoder).Example!.Segments[0];
}
