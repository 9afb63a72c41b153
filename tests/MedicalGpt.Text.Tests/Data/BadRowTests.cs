using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>What people read when a row is bad: the place, what was given, what is allowed, the remedy.</summary>
public sealed class BadRowTests
{
    [Fact]
    public async Task An_unknown_shape_shows_the_columns_and_the_nearest_shape()
    {
        (await Rows.ErrorAsync("""{"question":"q","reply":"a"}""", ExampleKind.Conversation)).ShouldStartWith(
            "DIR/rows.jsonl:1: a row with the columns question, reply is no dialogue row. Nearest is question/answer (question, answer). It lacks \"answer\"; if another column holds that, say so: --columns.answer=COLUMN. Known shapes: pre-tokenised (input_ids); ShareGPT (conversations);");
    }

    [Fact]
    public async Task Broken_json_is_placed()
    {
        (await Rows.ErrorAsync("{\"text\":\"a\"}\n\n{\"text\": oops}", ExampleKind.Text)).ShouldStartWith("DIR/rows.jsonl:3: this is not JSON: 'o' is an invalid start of a value. (byte 10) The line begins with {\"text\": oops}; expected one JSON object per line.");
    }

    [Theory]
    [InlineData("""{"question":"q","answer":"  "}""", "\"answer\" is \"  \"; expected text; it is empty. Fill it in or leave the row out.")]
    [InlineData("""{"conversations":[{"from":"alien","value":"q"}]}""", "conversations[0] has the role \"alien\"; expected human or user, gpt or assistant, system, function_call, observation or tool.")]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":""}]}""", "turn 2 (assistant) is empty, so there is nothing to learn from it; expected an answer. Fill it in or leave the row out.")]
    [InlineData("""{"conversations":[{"from":"human","value":"q"}]}""", "the dialogue has no turn of the assistant (gpt, assistant), so there is nothing to learn. Add one or leave the row out.")]
    [InlineData("""{"conversations":"q"}""", "\"conversations\" is \"q\"; expected a list of turns.")]
    [InlineData("""{"input_ids":[1,2],"labels":[1]}""", "\"labels\" has 1 values, \"input_ids\" has 2; expected as many.")]
    [InlineData("""{"input_ids":[1,2],"labels":[2,-100]}""", "labels[0] is 2, but input_ids[0] is 1; expected the same id or -100 (labels are not shifted).")]
    [InlineData("""{"input_ids":[1,-2],"labels":[1,2]}""", "\"input_ids\"[1] is -2; expected an integer of at least 0.")]
    [InlineData("""[1]""", "the row is [1]; expected a JSON object with columns.")]
    [InlineData("""{"question":"q\ud800","answer":"a"}""", "the row has half a surrogate pair (an escape from \\ud800 to \\udfff without its partner); expected valid Unicode.")]
    public async Task Bad_dialogue_rows(string json, string expected)
    {
        (await Rows.ErrorAsync(json, ExampleKind.Conversation)).ShouldBe("DIR/rows.jsonl:1: " + expected);
    }

    [Fact]
    public async Task Invalid_utf8_is_placed()
    {
        using var file = new TemporaryFile("a.txt", [.. "good\n"u8, 0xB0, 0xA2, (byte)'\n']); // GB18030 for 阿
        var error = await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text));
        error.Message.ShouldStartWith($"{file.Path}:2: the line is not valid UTF-8.");
    }

    [Fact]
    public async Task A_bad_row_among_good_ones_names_the_switch_that_skips_it()
    {
        const string Json = "{\"text\":\"a\"}\n{\"text\":1}\n{\"text\":\"b\"}";
        (await Rows.ErrorAsync(Json, ExampleKind.Text)).ShouldBe("DIR/rows.jsonl:2: \"text\" is 1; expected a string. To leave bad rows out and count them: --on_bad_row skip.");
        using var file = new TemporaryFile("rows.jsonl", Json);
        var notices = new List<string>();
        (await Rows.ReadAsync(file.Path, ExampleKind.Text, new DataReadOptions { OnBadRow = BadRowPolicy.Skip, Notice = notices.Add })).Count.ShouldBe(2);
        notices[^1].ShouldEndWith("rows.jsonl: 1 bad rows were skipped.");
    }

    [Fact]
    public async Task Missing_and_unsuitable_paths_are_named()
    {
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync("/nowhere/x", ExampleKind.Text))).Message.ShouldBe("/nowhere/x does not exist; give a data file or a folder of data files (--train_file_dir).");
        using var file = new TemporaryFile("a.csv", "a,b");
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Folder, ExampleKind.Text))).Message.ShouldEndWith("has no file that text is read from (.jsonl, .json, .txt); it has a.csv.");
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text))).Message.ShouldEndWith("a.csv is not a file that text is read from (.jsonl, .json, .txt).");
    }
}
