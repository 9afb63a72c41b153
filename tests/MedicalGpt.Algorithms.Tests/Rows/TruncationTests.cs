using MedicalGpt.Algorithms.Dpo;
using MedicalGpt.Algorithms.Grpo;
using MedicalGpt.Algorithms.Pretrain;
using MedicalGpt.Algorithms.Sft;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Packing;

namespace MedicalGpt.Algorithms.Tests.Rows;

/// <summary>What becomes of rows that are too long is what the option says, and has a name that is counted.</summary>
public sealed class TruncationTests
{
    private static readonly TokenizedSequence Row = new([1, 2, 3, 4, 5, 6], [-100, -100, 3, 4, 5, 6]);
    private static readonly TokenizedPair Pair = new([1, 2, 3, 4], [5, 6, 7], [5, 8]);
    private static readonly TokenizedPrompt Prompt = new([1, 2, 3, 4], new Dictionary<string, string>());

    [Theory]
    [InlineData(SequenceTruncation.KeepStart, "1 2 3 4", "end cut at model_max_length")]
    [InlineData(SequenceTruncation.KeepEnd, "3 4 5 6", "beginning cut at model_max_length")]
    [InlineData(SequenceTruncation.DropRow, null, "longer than model_max_length (4 tokens)")]
    public void Dialogues(SequenceTruncation truncation, string? kept, string rule)
    {
        var result = new SftAlgorithm(new SftOptions { ModelMaxLength = 4, Truncation = truncation }).Encode(Row, new TokenEncoder());
        Ids(result).ShouldBe(kept is null ? [] : [kept]);
        (result.Cut?.Rule ?? result.DropReason).ShouldBe(rule);
        (result.Cut?.LosesEnd ?? false).ShouldBe(truncation == SequenceTruncation.KeepStart);
    }

    [Fact]
    public void Packing_that_splits_cuts_no_dialogue()
    {
        var algorithm = new SftAlgorithm(new SftOptions { ModelMaxLength = 4, Packing = true, PackingStrategy = PackingStrategy.BfdSplit });
        var result = algorithm.Encode(Row, new TokenEncoder());
        result.Cut.ShouldBeNull();
        algorithm.Pack([result.Example!]).Select(row => string.Join(' ', row.Segments[0].Ids)).ShouldBe(["1 2 3 4", "5 6"]);
    }

    [Theory]
    [InlineData(PairTruncation.DropPair, null, "prompt and answer longer than max_source_length + max_target_length (5 tokens)")]
    [InlineData(PairTruncation.KeepPromptEnd, "3 4|5 6 7|5 8", "beginning of the prompt cut")]
    [InlineData(PairTruncation.CutAnswers, null, "chosen and rejected answer are the same within the length limit")]
    public void Pairs(PairTruncation truncation, string? kept, string rule)
    {
        var result = new DpoAlgorithm(new DpoOptions { MaxSourceLength = 3, MaxTargetLength = 2, Truncation = truncation }).Encode(Pair, new TokenEncoder());
        string.Join('|', Ids(result)).ShouldBe(kept ?? "");
        (result.Cut?.Rule ?? result.DropReason).ShouldBe(rule);
    }

    [Fact]
    public void Answers_are_cut_behind_a_whole_prompt()
    {
        var result = new DpoAlgorithm(new DpoOptions { MaxSourceLength = 4, MaxTargetLength = 2, Truncation = PairTruncation.CutAnswers }).Encode(Pair, new TokenEncoder());
        string.Join('|', Ids(result)).ShouldBe("1 2 3 4|5 6|5 8");
        result.Cut!.LosesEnd.ShouldBeTrue();
    }

    [Theory]
    [InlineData(PromptTruncation.DropRow, null, "prompt longer than max_source_length (3 tokens)")]
    [InlineData(PromptTruncation.KeepEnd, "2 3 4", "beginning of the prompt cut")]
    public void Prompts(PromptTruncation truncation, string? kept, string rule)
    {
        var result = new GrpoAlgorithm(new GrpoOptions { MaxSourceLength = 3, Truncation = truncation }).Encode(Prompt, new TokenEncoder());
        Ids(result).ShouldBe(kept is null ? [] : [kept]);
        (result.Cut?.Rule ?? result.DropReason).ShouldBe(rule);
    }

    [Fact]
    public void Documents_are_cut_only_by_the_strategy_that_says_so()
    {
        new PretrainAlgorithm(new PretrainOptions { BlockSize = 4 }).Encode(Row, new TokenEncoder()).Cut.ShouldBeNull();
        var result = new PretrainAlgorithm(new PretrainOptions { BlockSize = 4, PackingStrategy = PackingStrategy.Bfd }).Encode(Row, new TokenEncoder());
        Ids(result).ShouldBe(["1 2 3 4"]);
        result.Cut!.Rule.ShouldBe("end cut at block_size");
    }

    private static string[] Ids(EncodeResult result) => result.Example is { } row ? [.. row.Segments.Select(segment => string.Join(' ', segment.Ids))] : [];
}
