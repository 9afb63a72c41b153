using MedicalGpt.Algorithms.Pretrain;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;

namespace MedicalGpt.Algorithms.Tests.Rows;

public sealed class PretrainEncodingTests
{
    [Fact]
    public void Documents_fill_rows_as_separate_roots_and_the_remainder_is_kept()
    {
        // Three documents of 5, 3 and 2 words, each with its end token: 6 + 4 + 3 = 13 tokens, rows of 5.
        var rows = Packed(new PretrainOptions { BlockSize = 5 }, "a b c d e", "f g h", "i j");
        rows.Select(r => r.TokenCount).ShouldBe([5, 5, 3]);
        rows.Select(r => r.Segments.Count).ShouldBe([1, 2, 1]);
        rows[1].Segments.Select(s => s.Ids.Length).ShouldBe([1, 4]);
        rows.SelectMany(r => r.Segments).All(s => s.Parent is null).ShouldBeTrue();
        rows.SelectMany(r => r.Segments.SelectMany(s => s.Ids)).ShouldBe([4, 5, 6, 7, 8, 1, 9, 10, 11, 1, 12, 13, 1]);
    }

    [Fact]
    public void Without_packing_each_piece_is_a_row()
    {
        var rows = Packed(new PretrainOptions { BlockSize = 5, Packing = false }, "a b c d e f", "g");
        rows.Select(r => r.TokenCount).ShouldBe([5, 2, 2]);
        rows.ShouldAllBe(r => r.Segments.Count == 1);
    }

    [Fact]
    public void An_end_token_that_is_there_is_not_doubled()
    {
        var algorithm = new PretrainAlgorithm(new PretrainOptions());
        algorithm.Encode(new TokenizedSequence([7, 8, 1], [7, 8, 1]), new WordEncoder()).Example!.Segments[0].Ids.ShouldBe([7, 8, 1]);
    }

    [Fact]
    public void Empty_text_is_dropped() =>
        new PretrainAlgorithm(new PretrainOptions()).Encode(new PlainText(" "), new WordEncoder()).DropReason.ShouldBe("empty text");

    private static IReadOnlyList<EncodedExample> Packed(PretrainOptions options, params string[] texts)
    {
        var algorithm = new PretrainAlgorithm(options);
        var encoder = new WordEncoder();
        return [.. algorithm.Pack([.. texts.Select(t => algorithm.Encode(new PlainText(t), encoder).Example!)])];
    }
}
