using System.Text;
using System.Text.Json.Nodes;
using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Parquet.Tests.Support;

namespace MedicalGpt.EndToEnd.Tests.Formats;

/// <summary>Training rows in Parquet files, through the plugin that the program loads.</summary>
/// <param name="model">A small model.</param>
public sealed class ParquetTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private static readonly string[] Questions = ["Take 5 mg?", "二甲双胍？", "Dose of metformin?"];
    private static readonly string[] Answers = ["Take 5 mg daily.", "每天服用 5 毫克。", "5 mg of metformin."];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_train_as_the_same_rows_in_JSON_lines_do()
    {
        var lines = _folder.Write("rows.jsonl", string.Concat(Questions.Zip(Answers, (question, answer) => $"{{\"question\":\"{question}\",\"answer\":\"{answer}\"}}\n")));
        var parquet = Write("rows.parquet", TestFile.Write(3, TestColumn.Text("question", Questions), TestColumn.Text("answer", Answers)));
        (await LossesAsync(parquet, "a")).ShouldBe(await LossesAsync(lines, "b"));
    }

    /// <summary>messages: list of struct {role, content}; two rows of two turns: repetition 0 1 0 1, all there (definition 1).</summary>
    [Fact]
    public async Task Dialogues_as_data_sets_of_the_hub_have_them()
    {
        byte[] levels = [.. TestColumn.Prefixed(3, 0b1010), .. TestColumn.Prefixed(8, 1)];
        TestColumn[] columns = [Turns("role", "user", "assistant", "user", "assistant"), Turns("content", Questions[0], Answers[0], Questions[1], Answers[1])];
        var path = Write("messages.parquet", TestFile.Write(2, [TestFile.Group("messages", Repetition.Required, 1, 3), TestFile.Group("list", Repetition.Repeated, 1), TestFile.Group("element", Repetition.Required, 2), .. columns.Select(TestFile.Leaf)], columns, 1));
        var check = (await Medgpt.RunAsync("data", "check", "--sources", path + ":conversation")).ShouldSucceed();
        check.Output.ShouldContain("2 dialogues");

        TestColumn Turns(string name, params string[] values) =>
            new TestColumn(name, PhysicalType.ByteArray) { Converted = 0 }.Page(4, [.. levels, .. values.SelectMany(value => TestColumn.Prefixed(Encoding.UTF8.GetBytes(value)))]);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        var whole = TestFile.Write(3, TestColumn.Text("question", Questions), TestColumn.Text("answer", Answers));
        var run = await Medgpt.RunAsync("data", "check", "--sources", Write("cut.parquet", whole[..^9]) + ":conversation");
        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain($"{_folder["cut.parquet"]} cannot be read as Parquet: its end is missing.");
        run.Errors.ShouldContain("remedy:  the file is damaged: fetch or write it again");
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return _folder[name];
    }

    private async Task<string[]> LossesAsync(string rows, string output)
    {
        (await Medgpt.RunAsync("train", "sft", "--model-name-or-path", model.Folder, "--train-file-dir", rows, "--max-steps", "2", "--logging-steps", "1", "--save-strategy", "no", "--output-dir", _folder[output])).ShouldSucceed();
        var losses = File.ReadLines(Path.Combine(_folder[output], "metrics.jsonl")).Select(line => JsonNode.Parse(line)!["loss"]?.ToJsonString()).OfType<string>().ToArray();
        losses.Length.ShouldBe(2);
        return losses;
    }
}
