using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Algorithms.Tests.Rows;

public sealed class PreferenceEncodingTests
{
    private readonly WordEncoder encoder = new();

    [Fact]
    public void The_prompt_enters_once_with_both_answers_as_children()
    {
        var row = Row(new PreferencePair([new(Roles.User, "which drug")], "aspirin daily", "none"));
        var batch = new PreferenceBatch([row, row]);

        // Prompt 3 which drug 2 3 (5 tokens), answers of 3 and 2 tokens with their end: 10 tokens a pair, 15 as two sequences.
        batch.Layout.TokenCount.ShouldBe(20);
        batch.SequenceTokens.ShouldBe(30);
        batch.Layout.Positions[..10].ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 5, 6]);
        batch.LastTokens.ShouldBe([7, 17, 9, 19]);
        batch.TargetOwners.ShouldBe([0, 0, 0, 2, 2, 1, 1, 1, 3, 3]);
        batch.Counts["pairs"].ShouldBe(2);
        batch.Counts["tokens"].ShouldBe(6);
    }

    [Fact]
    public void A_learned_prompt_counts_for_the_chosen_sequence_only()
    {
        var row = (PreferenceRow)PreferenceEncoder.Encode(new TokenizedPair([5, 6, 7], [8, 2], [9, 9, 2]), encoder, 10, learnPrompt: true).Example!;
        var batch = new PreferenceBatch([row]);
        batch.TargetOwners.ShouldBe([2, 2, 0, 0, 1, 1, 1]);
        batch.Counts["tokens"].ShouldBe(4);
    }

    [Fact]
    public void Without_a_prompt_the_answers_are_two_roots()
    {
        var row = Row(new TokenizedPair([], [5, 6, 2], [7, 2]));
        var batch = new PreferenceBatch([row]);
        batch.Layout.Segments.ShouldAllBe(s => s.Parent == -1);
        batch.TargetOwners.ShouldBe([0, 0, 1]);
        batch.LastTokens.ShouldBe([2, 4]);
    }

    [Theory]
    [InlineData(new[] { 5 }, new int[0], "empty answer")]
    [InlineData(new[] { 5, 2 }, new[] { 5, 2 }, "chosen and rejected answer are the same")]
    [InlineData(new[] { 5, 6, 7, 8, 9, 2 }, new[] { 5 }, "prompt and answer longer than max_source_length + max_target_length (8 tokens)")]
    public void Useless_pairs_are_dropped_with_a_reason(int[] chosen, int[] rejected, string reason) =>
        PreferenceEncoder.Encode(new TokenizedPair([1, 2, 3], chosen, rejected), encoder, 8).DropReason.ShouldBe(reason);

    private PreferenceRow Row(Example example) => (PreferenceRow)PreferenceEncoder.Encode(example, encoder, 64).Example!;
}
