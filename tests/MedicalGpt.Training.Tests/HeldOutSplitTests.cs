using MedicalGpt.Data;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Training.Tests;

/// <summary>What is held out of the training rows is not trained on, however often rows are repeated.</summary>
public sealed class HeldOutSplitTests : IDisposable
{
    private static readonly DatasetRequest Prompts = new(ExampleKind.Prompt, null, "train");

    private readonly TemporaryFolder folder = new();
    private readonly List<NoteReport> notes = [];

    public HeldOutSplitTests()
    {
        Write("small", 4);
        Write("large", 20);
    }

    public void Dispose() => folder.Dispose();

    // Rows in the stream: repeat 3 · 4 + 20 = 32, of which 25 % are 8: two of the small source's questions three times, then two of the large one's. Drawing until all have ended gives other numbers, but no overlap either.
    [Theory]
    [InlineData(MixStrategy.Repeat)]
    [InlineData(MixStrategy.AllExhausted)]
    public async Task Rows_that_a_mixture_repeats_are_on_one_side(MixStrategy strategy)
    {
        var (train, held, count) = await SplitAsync(Mixed(strategy), 25);
        held.Distinct().Count().ShouldBe(held.Count);
        train.Intersect(held).ShouldBeEmpty();
        var heldRows = count - train.Count;
        heldRows.ShouldBeInRange(held.Count, count / 4);
        if (strategy == MixStrategy.Repeat)
        {
            held.ShouldBe(["small 0", "small 1", "large 0", "large 1"]);
            (heldRows, train.Count).ShouldBe((8, 24));
        }
    }

    [Fact]
    public async Task Without_repetitions_the_first_rows_are_held_out()
    {
        var (train, held, _) = await SplitAsync(FileDataset.FromPath(folder.At("large.jsonl")).ReadAsync(Prompts, default), 10);
        held.ShouldBe(["large 0", "large 1"]);
        train.ShouldBe(Enumerable.Range(2, 18).Select(i => $"large {i}"));
    }

    [Fact]
    public async Task One_question_with_several_answers_is_on_one_side()
    {
        Example[] rows = [Asked("What is gout?", "a"), Asked("b", ""), Asked("what is GOUT", "b"), Asked("c", ""), Asked("d", ""), Asked("e", ""), Asked("f", ""), Asked("g", "")];
        var (train, held, _) = await SplitAsync(rows.ToAsyncEnumerable(), 25); // 2 of 8 rows
        held.ShouldBe(["What is gout?", "what is GOUT"]);
        train.ShouldBe(["b", "c", "d", "e", "f", "g"]);
    }

    [Fact]
    public async Task A_question_with_more_rows_than_the_share_is_passed_over()
    {
        Example[] rows = [Asked("a", "1"), Asked("a", "2"), Asked("a", "3"), Asked("b", "1"), Asked("c", "1")];
        (await SplitAsync(rows.ToAsyncEnumerable(), 20)).Held.ShouldBe(["b"]);
    }

    [Fact]
    public void Rows_that_all_ask_the_same_cannot_be_split() => Should.Throw<MedicalGptException>(() => HeldOutSplit.Of([5, 5, 5], 30)).ToBlock().ShouldBe(
        "error: All training rows ask the same, so none can be held out that is not trained on.\n  place:   --validation-split-percentage\n  given:   3 rows with one prompt\n  allowed: rows with different prompts\n" +
        "  remedy:  give held-out rows of your own (--validation-file-dir), or leave the option out");

    [Fact]
    public async Task A_run_trains_on_nothing_that_it_holds_out_and_says_how_much_that_is()
    {
        await RunAsync(Mixed(MixStrategy.Repeat), 25);
        notes.ShouldContain(note => note.Text == "held out: 8 of 32 rows, which ask 4 different questions; none of these is trained on");
        notes.ShouldContain(note => note.Text.StartsWith("training rows: 24 of 24 rows", StringComparison.Ordinal));
        notes.ShouldContain(note => note.Text.StartsWith("held-out rows: 4 of 4 rows", StringComparison.Ordinal));
        notes.ShouldNotContain(note => note.Warning && note.Text.Contains("held-out prompts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_check_sees_held_out_rows_as_such()
    {
        const string Question = "Which drug of first choice lowers blood sugar in type 2 diabetes of an adult without contraindications";
        Example[] rows = [Asked(Question + "?", "a"), .. Enumerable.Range(0, 9).Select(i => Asked($"other {i}", "b")), Asked("So: " + Question + "?", "a")];
        await RunAsync(rows.ToAsyncEnumerable(), 10); // one row, whose near repetition stays in the training rows
        notes.ShouldContain(note => note.Warning && note.Text.Contains("nearly", StringComparison.Ordinal) && note.Text.Contains("held-out prompts", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_of_token_ids_do_not_all_ask_the_same()
    {
        Example Row(params int[] ids) => new TokenizedSequence(ids, ids);
        RowRepetition.Draw(Row(1, 2, 3)).ShouldNotBe(RowRepetition.Draw(Row(1, 2, 4)));
        RowRepetition.Draw(Row(1, 2, 3)).ShouldBe(RowRepetition.Draw(Row(1, 2, 3) with { Origin = new RowOrigin("x", 9) }));
    }

    private static Prompt Asked(string text, string answer) => new([new Message(Roles.User, text)], new Dictionary<string, string> { ["answer"] = answer });

    private static async Task<(List<string> Train, List<string> Held, int Count)> SplitAsync(IAsyncEnumerable<Example> rows, double percentage)
    {
        var all = await rows.ToListAsync();
        var split = HeldOutSplit.Of(all.ConvertAll(RowHash.Question), percentage)!;
        return (await TextsAsync(split.Training(int.MaxValue)), await TextsAsync(split.HeldOut(int.MaxValue)), all.Count);

        async Task<List<string>> TextsAsync(RowPart part) => await part.Of(all.ToAsyncEnumerable(), default).Select(row => ((Prompt)row).Messages[0].Content).ToListAsync();
    }

    private Task<StageResult> RunAsync(IAsyncEnumerable<Example> rows, double percentage)
    {
        var options = Runs.Options(folder.At("out"), run => run with { MaxSteps = 1 });
        return Runs.RunAsync(Runs.Online(options with { Data = new DataOptions { ValidationSplitPercentage = percentage } }, []) with { TrainRows = rows, Algorithm = new TwoTokens(), Progress = new HeardNotes(notes) });
    }

    private IAsyncEnumerable<Example> Mixed(MixStrategy strategy) =>
        new MixedDataset([new MixedSource(folder.At("small.jsonl"), 3), new MixedSource(folder.At("large.jsonl"), 1)], strategy, 1, new DataReadOptions()).ReadAsync(Prompts, default);

    private void Write(string name, int rows) => File.WriteAllLines(folder.At(name + ".jsonl"), Enumerable.Range(0, rows).Select(i => $$"""{"question":"{{name}} {{i}}","answer":"{{i}}"}"""));
}
