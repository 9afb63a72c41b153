using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Rows that could be read wrongly without a word.</summary>
public sealed class AmbiguousRowTests
{
    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"bad"}],"label":false}""")]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"bad"}],"label":true}""")]
    [InlineData("""{"question":"q","answer":"bad","label":false}""")]
    [InlineData("""{"instruction":"q","output":"bad","label":false}""")]
    [InlineData("""{"prompt":"q","completion":"bad","label":0}""")]
    public async Task Answers_with_a_label_are_no_dialogues(string row) =>
        (await Rows.ErrorAsync(row, ExampleKind.Conversation)).ShouldContain("sft would learn bad answers");

    [Theory]
    [InlineData("CAD", "C")]
    [InlineData("c", "C")]
    [InlineData("A, C", "AC")]
    public async Task An_answer_that_is_an_options_text_is_not_read_as_letters(string answer, string letters) =>
        Reference(await Rows.OneAsync($$$"""{"question":"q","options":{"A":"COPD","B":"PE","C":"CAD","D":"TIA"},"answer":"{{{answer}}}"}""", ExampleKind.Prompt))["answer"].ShouldBe(letters);

    [Fact]
    public async Task Option_columns_keep_their_letters_behind_an_empty_one()
    {
        var prompt = (Prompt)await Rows.OneAsync("""{"question":"q","A":"aa","B":"bb","C":null,"D":"dd","E":"","answer":"D"}""", ExampleKind.Prompt);
        prompt.Messages[^1].Content.ShouldContain("D. dd");
        prompt.Messages[^1].Content.ShouldNotContain("C.");
        prompt.Messages[^1].Content.ShouldNotContain("E.");
        prompt.Reference["answer"].ShouldBe("D");
    }

    [Theory]
    [InlineData("""{"question":"q","reply":"right","answer":"wrong"}""")]
    [InlineData("""{"question":"q","answer":"wrong","reply":"right"}""")]
    public async Task A_mapped_field_is_not_taken_from_the_column_of_its_name(string row) =>
        Reference(await Rows.OneAsync(row, ExampleKind.Prompt, new DataReadOptions { Columns = new Dictionary<string, string> { ["answer"] = "reply" } }))["answer"].ShouldBe("right");

    [Theory]
    [InlineData(""" "[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]" """)]
    [InlineData(""" {"function":{"name":"f","arguments":{}}} """)]
    public async Task Calls_as_text_or_without_a_list_are_calls(string calls)
    {
        var row = (Conversation)await Rows.OneAsync("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"x","tool_calls":CALLS}]}""".Replace("CALLS", calls.Trim(), StringComparison.Ordinal), ExampleKind.Conversation);
        row.Messages[^1].ToolCallsJson.ShouldBe("""[{"function":{"name":"f","arguments":{}}}]""");
    }

    [Fact]
    public async Task Calls_that_are_no_calls_are_refused() =>
        (await Rows.ErrorAsync("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"x","tool_calls":"f(1)"}]}""", ExampleKind.Conversation)).ShouldContain("a list of calls");

    private static IReadOnlyDictionary<string, string> Reference(Example row) => ((Prompt)row).Reference;
}
