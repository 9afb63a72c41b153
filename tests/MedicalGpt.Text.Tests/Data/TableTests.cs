using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Tables: quotes, line breaks in cells, separators, lists in cells.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData("a.csv", "question,answer\n\"q, \"\"1\"\"\",\"a\nb\"\nq2,a2\n")]
    [InlineData("a.csv", "\uFEFFquestion,answer\r\n\"q, \"\"1\"\"\",\"a\nb\"\r\n\r\nq2,a2")]
    [InlineData("a.csv", "question;answer\n\"q, \"\"1\"\"\";\"a\nb\"\nq2;a2\n")]
    [InlineData("a.tsv", "question\tanswer\nq, \"1\"\t\"a\nb\"\nq2\ta2\n")]
    [InlineData("a.csv", ",question,answer\n0,\"q, \"\"1\"\"\",\"a\nb\"\n1,q2,a2\n")]
    public async Task Cells_are_read(string name, string table)
    {
        using var file = new TemporaryFile(name, table);
        var rows = await Rows.ReadAsync(file.Folder, ExampleKind.Conversation);
        rows.Cast<Conversation>().Select(row => string.Join('>', row.Messages.Select(m => m.Content))).ShouldBe(["q, \"1\">a\nb", "q2>a2"]);
        rows[0].Origin.Line.ShouldBe(2);
    }

    [Fact]
    public async Task Lists_turns_and_numbers_are_read_and_text_stays_text()
    {
        var pair = await Rows.OneAsync("prompt,chosen,rejected,margin\n[1] is text,\"[{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"c\"\"}]\",[r],1.5\n", ExampleKind.Preference, name: "a.csv");
        var row = pair.ShouldBeOfType<PreferencePair>();
        (row.Prompt[0].Content, row.ChosenText, row.RejectedText, row.Margin).ShouldBe(("[1] is text", "c", "[r]", 1.5));
        var ids = await Rows.OneAsync("input_ids,labels\n\"[1,2]\",\"[-100,2]\"\n", ExampleKind.Conversation, name: "a.csv");
        ids.ShouldBeOfType<TokenizedSequence>().Labels.ShouldBe([-100, 2]);
        var empty = await Rows.OneAsync("instruction,input,output,history\ni,,o,\n", ExampleKind.Conversation, name: "a.csv");
        empty.ShouldBeOfType<Conversation>().Messages.Select(m => m.Content).ShouldBe(["i", "o"]);
        var mapped = await Rows.OneAsync("ids,mask\n\"[1,2]\",\"[0,1]\"\n", ExampleKind.Conversation, new DataReadOptions { Columns = new Dictionary<string, string> { ["input_ids"] = "ids", ["completion_mask"] = "mask" } }, "a.csv");
        mapped.ShouldBeOfType<TokenizedSequence>().Labels.ShouldBe([-100, 2]);
    }

    [Theory]
    [InlineData("question,answer\nq\n", "error: A line of the table has another number of cells than its header.\n  place:   DIR/a.csv:2\n  given:   1 cells, the first \"q\"\n  allowed: 2 cells (question, answer)\n  remedy:  put cells that hold the separator, quotes or line breaks into quotes")]
    [InlineData("question,question\nq,a\n", "error: Two columns of a table have the same name.\n  place:   DIR/a.csv:1\n  given:   \"question\"\n  remedy:  rename one in the first line")]
    [InlineData("question,answer\n\"q\"x,a\n", "error: Text stands behind a cell's closing quote.\n  place:   DIR/a.csv:2\n  given:   \"q\"x,a\n  allowed: quotes around whole cells, \"\" for a quote within\n  remedy:  quote the cell, or save the table again")]
    [InlineData("question,answer\n\"q,a\n", "error: A quote is opened and never closed, so the rest of the table is one cell.\n  place:   DIR/a.csv:2\n  given:   \"q,a\n\n  allowed: quotes around whole cells, \"\" for a quote within\n  remedy:  quote the cell, or save the table again")]
    public async Task Damage_is_placed(string table, string error) => (await Rows.ErrorAsync(table, ExampleKind.Conversation, "a.csv")).ShouldBe(error);

    [Fact]
    public async Task A_bad_line_is_skipped_and_listed()
    {
        using var file = new TemporaryFile("a.csv", [.. "question,answer\nq,a\nx\n"u8, 0xB0, 0xA2, .. ",b\n\"c\"d,e\nq2,a2\n"u8]); // GB18030 for 阿
        var options = new DataReadOptions { OnBadRow = BadRowPolicy.Skip };
        (await Rows.ReadAsync(file.Path, ExampleKind.Conversation, options)).Count.ShouldBe(2);
        options.Skipped.Listed.Select(row => row.Origin.Line).ShouldBe([3, 4, 5]);
    }
}
