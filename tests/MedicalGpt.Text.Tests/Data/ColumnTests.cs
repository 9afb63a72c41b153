using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Fields from other columns: by name, by path, by template.</summary>
public sealed class ColumnTests
{
    private const string Row = """{"instruction":"i","input":"x","data":{"q":"deep","list":["a","b"]},"packed":"{\"k\":\"v\"}","nothing":null,"n":3,"a.b":"dotted"}""";

    [Theory]
    [InlineData("instruction", "i")]
    [InlineData(@"{instruction}\n{input}", "i\nx")]
    [InlineData("data.q", "deep")]
    [InlineData("{data.q}!", "deep!")]
    [InlineData("{data.list.1}{data.list}", "ba\nb")]
    [InlineData("{packed.k}", "v")]
    [InlineData("{a.b}", "dotted")]
    [InlineData("{n} mg", "3 mg")]
    [InlineData(@"{{{instruction}}} \{\}\\ \t|", "{i} {}\\ \t|")]
    [InlineData("{instruction}{nothing?}{gone?}", "i")]
    public async Task A_field_is_read(string column, string expected) => (await TextAsync(column)).ShouldBe(expected);

    [Theory]
    [InlineData("{gone}!", "error: The row has no column \"gone\", which a template names.\n  place:   DIR/rows.jsonl:1\n  given:   the template {gone}!; the columns instruction, input, data, packed, nothing, n, a.b\n  remedy:  correct the name, or write {gone?} where the column may be missing")]
    [InlineData("{nothing}!", "error: The column \"nothing\" of a template is null.\n  place:   DIR/rows.jsonl:1\n  given:   the template {nothing}!; the columns instruction, input, data, packed, nothing, n, a.b\n  remedy:  correct the name, or write {nothing?} where the column may be missing")]
    [InlineData("{a", "error: A column template cannot be read: a brace is left open.\n  place:   --columns.text\n  given:   {a\n  allowed: {COLUMN}")]
    [InlineData("{a}}", "error: A column template cannot be read: a closing brace has no opening one.\n  place:   --columns.text\n  given:   {a}}\n  allowed: }} or \\} for a brace")]
    [InlineData("{}", "error: A column template cannot be read: a placeholder names no column.\n  place:   --columns.text\n  given:   {}\n  allowed: {COLUMN}, {COLUMN.MEMBER}, {COLUMN?}")]
    [InlineData(@"{a}\frac", "error: A column template cannot be read: \\f is no escape.\n  place:   --columns.text\n  given:   {a}\\frac\n  allowed: \\n, \\t, \\r, \\\\, \\{ and \\}")]
    public async Task What_is_wrong_is_named(string column, string expected)
    {
        using var file = new TemporaryFile("rows.jsonl", Row);
        var error = await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text, Options("text", column)));
        error.ToBlock().Replace(file.Folder, "DIR", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public async Task A_lone_placeholder_gives_a_list_as_a_list()
    {
        var row = await Rows.OneAsync("""{"a":{"turns":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}}""", ExampleKind.Conversation, Options("messages", "{a.turns}"));
        row.ShouldBeOfType<Conversation>().Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Mapped_fields_reach_rewards_under_their_names()
    {
        var options = new DataReadOptions { Columns = new Dictionary<string, string> { ["prompt"] = "{q}?", ["answer"] = "meta.gold", ["dose"] = "mg" } };
        var prompt = (Prompt)await Rows.OneAsync("""{"q":"How much","meta":{"gold":"5"},"mg":5}""", ExampleKind.Prompt, options);
        prompt.Messages[0].Content.ShouldBe("How much?");
        prompt.Reference.ShouldBe(new Dictionary<string, string> { ["q"] = "How much", ["meta"] = """{"gold":"5"}""", ["dose"] = "5", ["answer"] = "5" }, ignoreOrder: true);
    }

    private static DataReadOptions Options(string field, string column) => new() { Columns = new Dictionary<string, string> { [field] = column } };

    private static async Task<string> TextAsync(string column) => ((PlainText)await Rows.OneAsync(Row, ExampleKind.Text, Options("text", column))).Text;
}
