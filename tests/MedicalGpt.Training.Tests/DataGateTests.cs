using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Training.DataChecks;

namespace MedicalGpt.Training.Tests;

/// <summary>Every run looks at its rows before anything is encoded or loaded.</summary>
public sealed class DataGateTests : IDisposable
{
    private static readonly Example[] Repeated = [Asked("aa", 1), Asked("bb", 2), Asked("aa", 3), Asked("call 13812345678", 4)];

    private readonly TemporaryFolder folder = new();
    private readonly List<NoteReport> notes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Warnings_are_told_and_kept_and_the_run_goes_on()
    {
        await Runs.RunAsync(Request(DataCheckMode.Warn, Repeated));
        notes.Where(note => note.Warning).Select(note => note.Text).ShouldBe(
        [
            "data: 1 rows repeat an earlier row word for word, and are learned more often, first a.jsonl:3 (repeats line 1)",
            "data: 1 likely telephone numbers are in the texts; a model may repeat them, first a.jsonl:4 (turn 1 (user), character 6)",
        ]);
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("out/run.json")))!["data_check"]!.AsArray();
        kept.Select(finding => finding!["code"]!.GetValue<string>()).ShouldBe(["duplicate_rows", "phone_numbers"]);
    }

    [Fact]
    public async Task Strict_stops_at_warnings_before_weights_load()
    {
        var error = await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Request(DataCheckMode.Strict, Repeated) with { LoadModels = () => throw new InvalidOperationException("weights must not load") }));
        error.ToBlock().ShouldBe(
            "error: The training rows are not fit for training.\n  place:   a.jsonl:3 (repeats line 1)\n  given:   1 rows repeat an earlier row word for word, and are learned more often; 1 likely telephone numbers are in the texts; a model may repeat them\n" +
            "  allowed: rows without these faults\n  remedy:  remove repetitions (medgpt data convert --dedupe); medgpt data check shows all; --data-check off begins anyway");
    }

    [Fact]
    public async Task Mostly_damaged_text_stops_the_run()
    {
        Example[] rows = [Asked("\uFFFD", 1), Asked("a\uFFFD", 2), Asked("b", 3)];
        (await Should.ThrowAsync<MedicalGptException>(() => Runs.RunAsync(Request(DataCheckMode.Warn, rows)))).ToBlock().ShouldContain("2 texts hold U+FFFD");
    }

    [Fact]
    public async Task Off_does_not_look()
    {
        await Runs.RunAsync(Request(DataCheckMode.Off, Repeated));
        notes.ShouldNotContain(note => note.Text.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Held_out_rows_in_training_rows_are_a_warning()
    {
        await Runs.RunAsync(Request(DataCheckMode.Warn, [Asked("aa", 1), Asked("bb", 2), Asked("cc", 3), Asked("dd", 4)]) with { EvalRows = new Example[] { Asked("AA", 9) }.ToAsyncEnumerable() });
        notes.ShouldContain(note => note.Warning && note.Text.StartsWith("data: 1 training rows hold 1 of 1 held-out prompts", StringComparison.Ordinal));
    }

    // What rows say is not what the model of these tests learns (see TwoTokens).
    private static Prompt Asked(string text, int line) => new Prompt([new Message(Roles.User, text)], new Dictionary<string, string>()) { Origin = new RowOrigin("a.jsonl", line) };

    private StageRequest Request(DataCheckMode mode, Example[] rows)
    {
        var options = Runs.Options(folder.At("out"), run => run with { MaxSteps = 1 });
        return Runs.Online(options with { Data = new DataOptions { DataCheck = mode } }, rows) with { Algorithm = new TwoTokens(), Progress = new HeardNotes(notes) };
    }
}
