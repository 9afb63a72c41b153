using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Rows whose columns are there, but hold what cannot be meant: they are refused, not read as something.</summary>
public sealed class MisreadRowTests
{
    private const string Order = "  allowed: user and assistant in turns, the user first; system turns and calls and results of tools between\n";

    [Theory]
    [InlineData("""[{"role":"user","content":"q"},{"role":"user","content":"r"},{"role":"assistant","content":"a"}]""", "Two turns of the user stand in a row, so one speaker is wrong or a turn is missing.", 2, "user: \"q\", then user: \"r\"")]
    [InlineData("""[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}]""", "Two turns of the assistant stand in a row, so one speaker is wrong or a turn is missing.", 3, "assistant: \"a\", then assistant: \"b\"")]
    [InlineData("""[{"role":"system","content":"s"},{"role":"assistant","content":"a"},{"role":"user","content":"q"},{"role":"assistant","content":"b"}]""", "The dialogue begins with the assistant, so what it answers is missing.", 2, "assistant: \"a\"")]
    public async Task Turns_out_of_order(string turns, string message, int turn, string given)
    {
        foreach (var kind in new[] { ExampleKind.Conversation, ExampleKind.Prompt })
            (await Rows.ErrorAsync($$"""{"messages":{{turns}}}""", kind)).ShouldStartWith($"error: {message}\n  place:   DIR/rows.jsonl:1, turn {turn}\n  given:   {given}\n{Order}  remedy:  ");
    }

    [Theory]
    [InlineData("""{"prompt":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"completion":"b"}""", ExampleKind.Conversation)]
    [InlineData("""{"prompt":[{"role":"user","content":"q"}],"completion":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", ExampleKind.Conversation)]
    [InlineData("""{"prompt":[{"role":"user","content":"q"},{"role":"user","content":"q"}],"chosen":"c","rejected":"r"}""", ExampleKind.Preference)]
    [InlineData("""{"chosen":[{"role":"user","content":"q"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"q"},{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}""", ExampleKind.Preference)]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"label":true}""", ExampleKind.Unpaired)]
    public async Task Turns_out_of_order_in_every_shape(string row, ExampleKind kind) => (await Rows.ErrorAsync(row, kind)).ShouldContain(" stand in a row, so one speaker is wrong or a turn is missing.");

    [Theory]
    [InlineData("""[{"role":"system","content":"s"},{"role":"user","content":"q"},{"role":"system","content":"t"},{"role":"assistant","content":"a"}]""")]
    [InlineData("""[{"role":"user","name":"mother","content":"q"},{"role":"user","name":"father","content":"r"},{"role":"assistant","content":"a"}]""")]
    [InlineData("""[{"from":"human","value":"q"},{"from":"gpt","value":"let me see"},{"from":"function_call","value":"{\"name\": \"f\", \"arguments\": {}}"},{"from":"observation","value":"1"},{"from":"observation","value":"2"},{"from":"gpt","value":"a"},{"from":"human","value":"r"},{"from":"gpt","value":"b"}]""")]
    [InlineData("""[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{}}}]},{"role":"assistant","tool_calls":[{"function":{"name":"g","arguments":{}}}]},{"role":"tool","content":"1"},{"role":"user","content":"r"},{"role":"assistant","content":"a"}]""")]
    public async Task What_real_rows_have_between_turns_is_read(string turns) => (await Rows.OneAsync($$"""{"messages":{{turns}}}""", ExampleKind.Conversation)).ShouldBeOfType<Conversation>();

    [Theory]
    [InlineData("""["答：a","问：q"]""", "data[0]")]
    [InlineData("""["问：q","问：r"]""", "data[1]")]
    public async Task Marks_that_contradict_the_place_in_a_list(string turns, string place) =>
        (await Rows.ErrorAsync($$"""{"data":{{turns}}}""", ExampleKind.Conversation)).ShouldStartWith($"error: A mark before a turn says that another speaks than its place in the list does.\n  place:   DIR/rows.jsonl:1, {place}\n");

    [Theory]
    [InlineData(""" "answer":"E" """, "\"answer\": \"E\"")]
    [InlineData(""" "answer":"water" """, "\"answer\": \"water\"")]
    [InlineData(""" "answer":4 """, "\"answer\": 4")]
    [InlineData(""" "answer_idx":"A","answer":"water" """, "\"answer\": \"water\"")]
    public async Task An_answer_that_is_none_of_the_options(string answer, string given)
    {
        var error = await Rows.ErrorAsync($$"""{"question":"q","options":{"A":"iron","B":"zinc","C":"lead","D":"tin"},{{answer}}}""", ExampleKind.Prompt);
        error.ShouldStartWith($"error: The answer is none of the options.\n  place:   DIR/rows.jsonl:1\n  given:   {given}\n  allowed: letters of the options (A, B, C, D), the text of one, or its number");
        error.ShouldContain("remedy:  correct the row or leave it out");
    }

    [Fact]
    public async Task Two_answers_that_differ()
    {
        const string Row = """{"question":"q","options":["iron","zinc"],"answer_idx":1,"answer":"A"}""";
        (await Rows.ErrorAsync(Row, ExampleKind.Prompt)).ShouldBe(
            "error: The row says twice which option is right, and not the same.\n  place:   DIR/rows.jsonl:1\n  given:   \"answer_idx\": 1 (option B), \"answer\": \"A\" (option A)\n  allowed: one answer, or twice the same\n" +
            "  remedy:  correct the row; where one of the columns counts otherwise or is something else, say which is meant: --columns.answer_idx=answer");
        (await Reference(Row, new DataReadOptions { Columns = new Dictionary<string, string> { ["answer_idx"] = "answer" } }))["answer"].ShouldBe("A");
        (await Reference("""{"question":"q","options":["O","A"],"answer_idx":1,"answer":"A"}"""))["answer"].ShouldBe("B"); // a blood group, not a letter
    }

    [Fact]
    public async Task Options_with_letters_of_their_own_have_them_once()
    {
        var prompt = (Prompt)await Rows.OneAsync("""{"question":"q","options":["A. iron","B. zinc"],"answer":"zinc"}""", ExampleKind.Prompt);
        prompt.Messages[0].Content.ShouldStartWith("q\nA. iron\nB. zinc\n");
        prompt.Reference["answer"].ShouldBe("B");
    }

    [Theory]
    [InlineData("A iron\\nB zinc\\nlead", "lead")]
    [InlineData("iron\\nzinc", "iron")]
    public async Task Lines_of_options_without_a_letter(string options, string given)
    {
        var error = await Rows.ErrorAsync($$"""{"question":"q","options":"{{options}}","answer":"A"}""", ExampleKind.Prompt);
        error.ShouldStartWith($"error: A line of the options has no letter, so it is not clear which option it is.\n  place:   DIR/rows.jsonl:1\n  given:   {given}\n");
        error.ShouldContain("remedy:  write a letter before each option");
    }

    [Theory]
    [InlineData("completion_mask", "[0,2]")]
    [InlineData("attention_mask", "[1,2]")]
    public async Task Masks_of_other_numbers(string field, string mask)
    {
        var labels = field == "attention_mask" ? "\"labels\":[1,2]," : "";
        (await Rows.ErrorAsync($$"""{"input_ids":[1,2],{{labels}}"{{field}}":{{mask}}}""", ExampleKind.Conversation)).ShouldStartWith(
            $"error: \"{field}\" holds what is no value of a mask.\n  place:   DIR/rows.jsonl:1, item 1\n  given:   2\n  allowed: 0 or 1 for each token\n  remedy:  ");
    }

    [Theory]
    [InlineData("false")]
    [InlineData("False")]
    public async Task A_label_that_is_a_word_is_a_label(string word)
    {
        var row = $$"""{"question":"q","answer":"bad","label":"{{word}}"}""";
        ((UnpairedExample)await Rows.OneAsync(row, ExampleKind.Unpaired)).IsDesirable.ShouldBeFalse();
        (await Rows.ErrorAsync(row, ExampleKind.Conversation)).ShouldContain("sft would learn bad answers");
    }

    [Fact]
    public async Task A_training_folder_with_files_of_other_splits_is_told()
    {
        const string Row = """{"question":"q","answer":"a"}""";
        using var file = new TemporaryFile(Path.Combine("dev", "more.jsonl"), Row);
        foreach (var name in new[] { "train.jsonl", "test.jsonl" })
            await File.WriteAllTextAsync(Path.Combine(file.Folder, name), Row);
        var notices = new List<string>();
        (await Rows.ReadAsync(file.Folder, ExampleKind.Conversation, new DataReadOptions { Notice = notices.Add })).Count.ShouldBe(3);
        notices.ShouldContain($"{file.Folder}: 2 of its 3 files are named like rows that are held out, and are trained on: dev/more.jsonl, test.jsonl. Where that is not meant, move them elsewhere (--validation-file-dir), or give the folder as --dataset-name, which tells splits apart.");
    }

    private static async Task<IReadOnlyDictionary<string, string>> Reference(string row, DataReadOptions? options = null) => ((Prompt)await Rows.OneAsync(row, ExampleKind.Prompt, options)).Reference;
}
