using System.Text;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Files that other programs write and users do not expect to be odd: UTF-16, a wrong ending, columns that do not fit together.</summary>
public sealed class OddFileTests
{
    private const string Line = """{"text":"abc"}""" + "\n";

    [Theory]
    [InlineData("a.jsonl", "utf-16", "UTF-16")]
    [InlineData("a.txt", "utf-16", "UTF-16")]
    [InlineData("a.json", "utf-16", "UTF-16")]
    [InlineData("a.jsonl", "utf-16LE", "UTF-16LE")]
    [InlineData("a.jsonl", "utf-16BE", "UTF-16BE")]
    [InlineData("a.json", "utf-16LE", "UTF-16LE")]
    [InlineData("a.txt", "utf-16LE", "UTF-16LE")]
    public async Task Utf16_is_called_that(string name, string encoding, string given)
    {
        // GetBytes writes no mark; programs write one where the name is UTF-16 alone.
        var bytes = Encoding.GetEncoding(encoding).GetBytes((encoding == "utf-16" ? "\uFEFF" : "") + (name == "a.json" ? $"[{Line}]" : Line));
        using var file = new TemporaryFile(name, bytes);
        var error = await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text));
        error.Message.ShouldEndWith("is not valid UTF-8.");
        error.Remedy!.ShouldStartWith($"convert the file, for example: iconv -f {given} -t UTF-8 FILE > NEW");
    }

    [Fact]
    public async Task A_table_with_the_mark_of_utf16_is_read()
    {
        using var file = new TemporaryFile("a.csv", Encoding.Unicode.GetBytes("\uFEFFtext\n阿司匹林\n")); // as spreadsheets save "Unicode text"
        (await Rows.ReadAsync(file.Path, ExampleKind.Text)).ShouldHaveSingleItem().ShouldBeOfType<PlainText>().Text.ShouldBe("阿司匹林");
    }

    [Fact]
    public async Task A_plain_file_that_is_named_gz_is_called_that() => (await Rows.ErrorAsync(Line, ExampleKind.Text, "rows.jsonl.gz")).ShouldBe("""
        error: The file's name says gzip, but it is not compressed that way.
          place:   DIR/rows.jsonl.gz
          given:   first bytes 7B 22
          allowed: 1F 8B
          remedy:  take .gz off its name if it is plain text, or fetch it again
        """.ReplaceLineEndings("\n"));

    [Fact]
    public async Task Columns_of_different_lengths_are_called_that() => (await Rows.ErrorAsync("""{"question":["a","b"],"answer":["c"]}""", ExampleKind.Conversation, "rows.json")).ShouldBe("""
        error: The columns of the file have different lengths.
          place:   DIR/rows.json
          given:   "question" with 2 values, "answer" with 1 values
          allowed: as many values in each
          remedy:  mend the column that is short, or write one row per line (.jsonl)
        """.ReplaceLineEndings("\n"));

    [Fact]
    public async Task A_row_of_lists_is_no_table() =>
        (await Rows.OneAsync("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"tags":["x"]}""", ExampleKind.Conversation, name: "rows.json")).ShouldBeOfType<Conversation>().Messages.Count.ShouldBe(2);

    [Fact]
    public async Task Text_of_question_and_answer_is_composed_by_a_template() =>
        (await Rows.ErrorAsync("""{"question":"a","answer":"b"}""", ExampleKind.Text)).ShouldContain(@"--columns.text='{question}\n{answer}'");

    [Fact]
    public void A_source_is_not_read_a_million_times()
    {
        var error = Should.Throw<MedicalGptException>(() => new MixedDataset([new MixedSource("a.jsonl", 1), new MixedSource("b.jsonl", 1e6)], MixStrategy.Repeat, 1, new DataReadOptions()));
        error.Given.ShouldBe("b.jsonl=1000000, with --mix-strategy repeat: as often as that");
        Should.NotThrow(() => new MixedDataset([new MixedSource("a.jsonl", 1), new MixedSource("b.jsonl", 1e6)], MixStrategy.AllExhausted, 1, new DataReadOptions()));
    }
}
