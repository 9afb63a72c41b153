using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>What a row is goes by its keys: a faulty row of a specific kind never passes for a weaker one.</summary>
public sealed class RowKindTests
{
    private static readonly DatasetRequest Any = new(ExampleKind.Text, null, "train");

    [Theory]
    [InlineData("""{"prompt":"q","chosen":"c","rejected":"r"}""", ExampleKind.Preference)]
    [InlineData("""{"prompt":"q","chosen":"","rejected":"r"}""", ExampleKind.Preference)]
    [InlineData("""{"prompt":"q","chosen":"c"}""", ExampleKind.Preference)]
    [InlineData("""{"prompt":"q","chosen":"c","rejected":null}""", ExampleKind.Preference)]
    [InlineData("""{"question":"q","answer":"a","rejected":"r"}""", ExampleKind.Preference)]
    [InlineData("""{"prompt_ids":[1],"rejected_ids":[2]}""", ExampleKind.Preference)]
    [InlineData("""{"question":"q","chosen":true}""", ExampleKind.Prompt)]
    [InlineData("""{"prompt":"q","completion":"a","label":false}""", ExampleKind.Unpaired)]
    [InlineData("""{"conversations":[{"from":"doctor","value":"x"}]}""", ExampleKind.Conversation)]
    [InlineData("""{"conversations":[{"from":"gpt","value":"x"}]}""", ExampleKind.Conversation)]
    [InlineData("""{"messages":"x"}""", ExampleKind.Conversation)]
    [InlineData("""{"messages":[{"role":"system","content":"s"},{"role":"user","content":"q"}]}""", ExampleKind.Prompt)]
    [InlineData("""{"question":5,"answer":"a"}""", ExampleKind.Conversation)]
    [InlineData("""{"question":"q","answer":""}""", ExampleKind.Conversation)]
    [InlineData("""{"question":"q","answer":5}""", ExampleKind.Prompt)]
    [InlineData("""{"instruction":"q","output":""}""", ExampleKind.Conversation)]
    [InlineData("""{"input_ids":[1],"labels":[1]}""", ExampleKind.Conversation)]
    [InlineData("""{"input_ids":[1]}""", ExampleKind.Text)]
    [InlineData("""{"text":7,"prompt":"q"}""", ExampleKind.Text)]
    [InlineData("""{"persona":"nurse"}""", null)]
    public async Task A_rows_keys_say_what_it_is(string row, ExampleKind? kind) => (await LookAsync(row)).Kind.ShouldBe(kind);

    [Fact]
    public async Task The_most_specific_kind_among_the_first_rows_counts_and_a_mixture_is_told()
    {
        using var file = new TemporaryFile("rows.jsonl", "{\"question\":\"q\"}\n{\"question\":\"q\",\"answer\":\"a\"}\n");
        var look = await FileDataset.FromPath(file.Path).KindAsync(Any, default);
        look.Kind.ShouldBe(ExampleKind.Conversation);
        look.Mixture.ShouldBe($"{file.Path}:1 is a prompt, {file.Path}:2 is a dialogue: rows are read as dialogues, others are refused. Where that is not meant, say what they are: {file.Path}:prompt");
        (await LookAsync("{\"question\":\"q\"}\n{\"question\":\"r\"}")).Mixture.ShouldBeNull();
    }

    [Fact]
    public async Task A_row_of_a_more_specific_kind_is_refused_where_the_kind_was_found_out()
    {
        const string Json = """{"prompt":"q","chosen":"c","rejected":"r"}""";
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.OneAsync(Json, ExampleKind.Prompt, new DataReadOptions { RefuseOtherKinds = true }))).Message.ShouldBe("The row is a preference pair, the first rows of the file are prompts.");
        (await Rows.OneAsync(Json, ExampleKind.Prompt)).ShouldBeOfType<Prompt>();
    }

    [Theory]
    [InlineData("""{"prompt":"q","chosen":"c"}""", "chosen", "rejected", "the columns chosen, prompt")]
    [InlineData("""{"prompt":"q","chosen":null,"rejected":"r"}""", "rejected", "chosen", "the columns chosen, prompt, rejected, of which \"chosen\" is null")]
    [InlineData("""{"question":"q","answer":"a","response_chosen":"c"}""", "response_chosen", "response_rejected", "the columns answer, question, response_chosen")]
    [InlineData("""{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", "chosen", "rejected", "the columns chosen")]
    public async Task Half_a_pair_names_the_other_half(string row, string has, string lacks, string given)
    {
        var error = await Rows.ErrorAsync(row, ExampleKind.Preference);
        error.ShouldStartWith($"error: The row has \"{has}\" but no \"{lacks}\", so it is no preference pair.\n  place:   DIR/rows.jsonl:1\n  given:   {given}\n  allowed: both \"{has}\" and \"{lacks}\"\n  remedy:  fill it in or leave the row out; nearest is ");
        error.ShouldContain($"--columns.{lacks}=");
    }

    [Theory]
    [InlineData("""{"prompt":"q","chosen":"c"}""", ExampleKind.Prompt, "\"chosen\" of a preference pair is not learned from here: prompts are answered by the model, reward functions alone see the column.")]
    [InlineData("""{"prompt":"q","rejected":"r"}""", ExampleKind.Prompt, "\"rejected\" of a preference pair is not learned from here: prompts are answered by the model, reward functions alone see the column.")]
    [InlineData("""{"prompt":"q","chosen":"c","rejected":"r"}""", ExampleKind.Prompt, "\"chosen\" and \"rejected\" of a preference pair are not learned from here: prompts are answered by the model, reward functions alone see the columns.")]
    [InlineData("""{"question":"q","answer":"a","rejected":"r"}""", ExampleKind.Conversation, "\"rejected\" of a preference pair is not used: the dialogue stands in other columns.")]
    public async Task Answers_of_a_pair_that_are_not_learned_are_told_once_per_file(string row, ExampleKind kind, string notice)
    {
        using var file = new TemporaryFile("rows.jsonl", string.Join('\n', Enumerable.Repeat(row, 3)));
        var notices = new List<string>();
        (await Rows.ReadAsync(file.Path, kind, new DataReadOptions { Notice = notices.Add })).Count.ShouldBe(3);
        notices.Count.ShouldBe(2);
        notices[1].ShouldBe($"{file.Path}:1: {notice}");
    }

    [Fact]
    public async Task Rows_that_alternate_between_shapes_make_no_line_each()
    {
        using var file = new TemporaryFile("rows.jsonl", string.Concat(Enumerable.Repeat("{\"question\":\"q\",\"answer\":\"a\"}\n{\"instruction\":\"q\",\"output\":\"a\"}\n", 600)));
        var notices = new List<string>();
        (await Rows.ReadAsync(file.Path, ExampleKind.Conversation, new DataReadOptions { Notice = notices.Add })).Count.ShouldBe(1200);
        notices.ShouldBe([
            $"{file.Path}: read as question/answer because the row has \"question\", \"answer\".",
            $"{file.Path}:2: read as alpaca because the row has \"instruction\", \"output\".",
            $"{file.Path}: the shape of its rows changes 1,199 times between question/answer, alpaca."]);
    }

    private static async Task<KindLook> LookAsync(string content)
    {
        using var file = new TemporaryFile("rows.jsonl", content);
        return await FileDataset.FromPath(file.Path).KindAsync(Any, default);
    }
}
