using MedicalGpt.Algorithms.Ppo;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Tests;

public sealed class DoorTests
{
    [Fact]
    public Task No_rows() => Fails([], "error: There are no training rows.\n  place:   stage sft\n  given:   no rows\n  remedy:  give rows with --train-file-dir or --dataset-name");

    [Fact]
    public Task No_row_left() => Fails([new TokenizedSequence([], [])], "error: No training row is left after encoding.\n  place:   stage sft\n  given:   1 rows; dropped 1: empty row\n  remedy:  raise the length limit or mend the rows");

    [Fact]
    public Task Nothing_to_learn() => Fails(
        [new TokenizedSequence([2, 3], [-100, -100])],
        "error: stage sft: the masks of all 1 training rows are empty, so nothing would be learned; check that the rows have answers and that the length limit leaves room for them");

    [Fact]
    public Task Too_many_rows_cut() => Fails(
        [new TokenizedSequence([2, 3, 4, 5, 6, 7, 1], [2, 3, 4, 5, 6, 7, 1])],
        "error: stage sft: 1 of 1 training rows (100 %) would be cut at the length limit, so their answers lose their end; raise the limit, shorten the rows, or allow it with --max_truncated_share 1");

    [Fact]
    public async Task Nothing_scores_the_answers()
    {
        using var folder = new TemporaryFolder();
        var request = Runs.Online(Runs.Options(folder.Path), Runs.Prompts(8)) with { Rewards = new RewardPipeline([]) };
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(request))).ToBlock()
            .ShouldBe("error: Nothing scores the answers, so nothing would be learned.\n  place:   stage grpo\n  given:   no reward function\n  remedy:  name some with --reward-functions (medgpt plugins lists them)");
    }

    [Fact]
    public async Task Pre_tokenised_rows_without_an_end_token_are_taken_with_a_warning()
    {
        using var folder = new TemporaryFolder();
        var heard = new Heard();
        await Runs.RunAsync(Runs.Offline(Runs.Options(folder.Path), [new TokenizedSequence([2, 3], [-100, 3])]) with { Progress = heard });
        heard.Notes.ShouldContain(n => n.Warning && n.Text == "stage sft: no training row learns an end token (ids 1), so the model would never learn to stop; pre-tokenised rows are taken as they are");
    }

    [Fact]
    public async Task Some_pre_tokenised_rows_without_an_end_token_are_counted()
    {
        using var folder = new TemporaryFolder();
        var heard = new Heard();
        // The third row is cut at CrossEntropy's limit, which is told as a cut.
        Example[] rows = [.. Runs.Rows(4), new TokenizedSequence([2, 3], [-100, 3]) { Origin = new RowOrigin("x.jsonl", 5) }, new TokenizedSequence([2, 3, 1], [-100, 3, -100]) { Origin = new RowOrigin("x.jsonl", 6) }, new TokenizedSequence([2, 3, 4, 5, 6, 7, 8], [2, 3, 4, 5, 6, 7, 8])];
        await Runs.RunAsync(Runs.Offline(Runs.Options(folder.Path), rows) with { Progress = heard });
        heard.Notes.ShouldContain(n => n.Warning && n.Text == "training rows: 2 rows: token ids without an end token, so they do not teach to stop (they are taken as they are), first x.jsonl:5");
        (await File.ReadAllTextAsync(folder.At("run.json"))).ShouldContain("2 rows: token ids without an end token");
    }

    [Fact]
    public async Task What_the_template_leaves_out_is_counted_also_from_the_cache_and_stops_a_strict_run()
    {
        using var folder = new TemporaryFolder();
        StageRequest Request(string output, ITrainingProgress progress, DataChecks.DataCheckMode mode = DataChecks.DataCheckMode.Warn) =>
            Runs.Offline(Runs.Options(folder.At(output)) with { Data = new DataOptions { DataCheck = mode } }, Runs.Rows(8)) with
            {
                Progress = progress, Encoder = new LeavesOut(), RowCache = new RowCache(folder.At("cache")) { MinBytes = 0 }, EncodingKey = "key",
            };
        foreach (var output in new[] { "first", "cached" })
        {
            var heard = new Heard();
            await Runs.RunAsync(Request(output, heard));
            heard.Notes.ShouldContain(n => n.Warning && n.Text == "training rows: 4 rows: the chat template leaves out the system turn, first test:2");
        }

        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Request("strict", new Heard(), DataChecks.DataCheckMode.Strict)))).ToBlock().ShouldBe(
            "error: The training rows are not fit for training.\n  place:   test:2\n  given:   4 rows: the chat template leaves out the system turn, first test:2\n  allowed: rows without these faults\n" +
            "  remedy:  mend them, or name another template (--template_name); --data-check warn begins anyway");
    }

    [Fact]
    public async Task Held_out_rows_leave_the_training_rows()
    {
        using var folder = new TemporaryFolder();
        var options = Runs.Options(folder.Path);
        var heard = new Heard();
        await Runs.RunAsync(Runs.Offline(options with { Data = new DataOptions { ValidationSplitPercentage = 25, MaxEvalSamples = 1 } }, Runs.Rows(8)) with { Progress = heard });
        heard.Notes.Select(n => n.Text).ShouldContain(t => t.StartsWith("training rows: 6 of 6 rows", StringComparison.Ordinal));
        heard.Notes.Select(n => n.Text).ShouldContain(t => t.StartsWith("held-out rows: 1 of 1 rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_small_share_of_few_rows_is_one_row()
    {
        using var folder = new TemporaryFolder();
        var heard = new Heard();
        var options = Runs.Options(folder.Path) with { Data = new DataOptions { ValidationSplitPercentage = 1 } };
        await Runs.RunAsync(Runs.Offline(options, Runs.Rows(8)) with { Progress = heard });
        heard.Notes.Select(n => n.Text).ShouldContain(t => t.StartsWith("training rows: 7 of 7 rows", StringComparison.Ordinal));
        heard.Notes.Select(n => n.Text).ShouldContain(t => t.StartsWith("held-out rows: 1 of 1 rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_only_row_is_not_held_out()
    {
        using var folder = new TemporaryFolder();
        var options = Runs.Options(folder.Path) with { Data = new DataOptions { ValidationSplitPercentage = 1 } };
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Runs.Offline(options, Runs.Rows(1))))).ToBlock()
            .ShouldBe("error: The only training row would be held out.\n  place:   --validation-split-percentage\n  given:   1 training row\n  remedy:  give more rows, or leave the option out");
    }

    [Theory]
    [InlineData(PpoRewardSource.Model, true, "error: The stage would not ask the reward functions.\n  place:   stage ppo\n  given:   --reward-functions even\n  remedy:  give --reward-source functions or both, or leave out --reward-functions")]
    [InlineData(PpoRewardSource.Both, false, "error: Only the reward model scores the answers, where functions should too.\n  place:   stage ppo\n  given:   no reward function\n  remedy:  name some with --reward-functions (medgpt plugins lists them), or give --reward-source model")]
    [InlineData(PpoRewardSource.Functions, false, "error: Nothing scores the answers, so nothing would be learned.\n  place:   stage ppo\n  given:   no reward function\n  remedy:  name some with --reward-functions (medgpt plugins lists them)")]
    public async Task Reward_functions_and_their_source_agree(PpoRewardSource source, bool functions, string message)
    {
        using var folder = new TemporaryFolder();
        var request = Runs.Online(Runs.Options(folder.Path), Runs.Prompts(8)) with
        {
            Stage = "ppo",
            Algorithm = new PpoAlgorithm(new PpoOptions { RewardSource = source }),
            Rewards = functions ? RewardPipeline.Create([("even", new EvenReward())], []) : new RewardPipeline([]),
            LoadModels = () => throw new InvalidOperationException("weights must not load"),
        };
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(request))).ToBlock().ShouldBe(message);
    }

    [Fact]
    public async Task A_stage_that_samples_nothing_asks_no_reward_function()
    {
        using var folder = new TemporaryFolder();
        var request = Runs.Offline(Runs.Options(folder.Path), Runs.Rows(8)) with { Rewards = RewardPipeline.Create([("even", new EvenReward())], []) };
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(request))).ToBlock()
            .ShouldBe("error: The stage would not ask the reward functions.\n  place:   stage sft\n  given:   --reward-functions even\n  remedy:  leave out --reward-functions");
    }

    private static async Task Fails(IReadOnlyList<Example> rows, string message)
    {
        using var folder = new TemporaryFolder();
        var loaded = false;
        var request = Runs.Offline(Runs.Options(folder.Path), rows) with
        {
            LoadModels = () =>
            {
                loaded = true;
                return new TinyModels();
            },
        };
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(request))).ToBlock().ShouldBe(message);
        loaded.ShouldBeFalse();
    }

    /// <summary>Leaves the system turn out of every second row.</summary>
    private sealed class LeavesOut : IExampleEncoder, Templates.ITemplateOmissions
    {
        private readonly IdEncoder inner = new();
        private int rows;

        public IReadOnlyList<int> StopIds => inner.StopIds;

        public int EndOfTextId => inner.EndOfTextId;

        public int PadId => inner.PadId;

        public int[] EncodeText(string text) => inner.EncodeText(text);

        public EncodedConversation EncodeConversation(Conversation conversation) => inner.EncodeConversation(conversation);

        public int[] EncodePrompt(IReadOnlyList<Message> messages, string? toolsJson = null) => inner.EncodePrompt(messages, toolsJson);

        public int[] EncodeAnswer(string answer) => inner.EncodeAnswer(answer);

        public EncodedConversation EncodeContinuation(IReadOnlyList<Message> prompt, IReadOnlyList<Message> answer, string? toolsJson = null) => inner.EncodeContinuation(prompt, answer, toolsJson);

        public string Decode(IReadOnlyList<int> ids) => inner.Decode(ids);

        public IReadOnlyList<string> TakeOmissions() => ++rows % 2 == 0 ? ["the system turn"] : [];
    }

    private sealed class Heard : ITrainingProgress
    {
        public List<NoteReport> Notes { get; } = [];

        public void Report(TrainingReport report)
        {
            if (report is NoteReport note)
                Notes.Add(note);
        }
    }
}
