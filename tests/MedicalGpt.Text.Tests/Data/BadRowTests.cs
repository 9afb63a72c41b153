using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>What people read when a row is bad: the place, what was given, what is allowed, the remedy.</summary>
public sealed class BadRowTests
{
    [Fact]
    public async Task An_unknown_shape_shows_the_columns_and_the_nearest_shape()
    {
        (await Rows.ErrorAsync("""{"question":"q","reply":"a"}""", ExampleKind.Conversation)).ShouldBe("""
            error: The row is no dialogue row.
              place:   DIR/rows.jsonl:1
              given:   the columns question, reply
              allowed: pre-tokenised (input_ids); ShareGPT (conversations); messages (messages); alpaca (instruction, output); prompt/completion (prompt, completion); prompt/response (prompt, response); question/answer (question, answer); multiple choice (question, options); multiple choice in columns (question, A, B, answer); PubMedQA (QUESTION, CONTEXTS, final_decision); turns in a list (data); questions/answers (questions, answers); input/output (input, output)
              remedy:  nearest is question/answer, for which "answer" is missing; if another column holds that, say so: --columns.answer=reply
            """);
    }

    [Theory]
    [InlineData("""{"Query":"q","Response":"a"}""", ExampleKind.Conversation, "--columns.prompt=Query --columns.response=Response")]
    [InlineData("""{"prompt":"q","better":"c","worse":"r"}""", ExampleKind.Preference, "--columns.chosen=better --columns.rejected=worse")]
    [InlineData("""{"conversation":[{"role":"user","content":"q"}]}""", ExampleKind.Conversation, "--columns.conversations=conversation")]
    [InlineData("""{"正文":"t"}""", ExampleKind.Text, "--columns.text=正文")]
    [InlineData("""{"prompt":"p","completion":"c","desirable":true}""", ExampleKind.Unpaired, "--columns.label=desirable")]
    public async Task The_remedy_names_the_columns_that_were_probably_meant(string json, ExampleKind kind, string flags) =>
        (await Rows.ErrorAsync(json, kind)).ShouldEndWith(flags);

    [Theory]
    [InlineData(ExampleKind.Conversation, "error: The row is no dialogue row but an unpaired one.\n  place:   DIR/rows.jsonl:1\n  given:   the columns completion, label, prompt\n  remedy:  sft would learn bad answers (label false) too; keep the rows with label true and remove the column label")]
    [InlineData(ExampleKind.Preference, "error: The row is no preference row but an unpaired one.\n  place:   DIR/rows.jsonl:1\n  given:   the columns completion, label, prompt\n  remedy:  an unpaired row (one answer with a label) makes no pair; train on pairs of chosen and rejected answers, or use a method for unpaired rows")]
    public async Task Unpaired_rows_are_refused_where_they_do_not_fit(ExampleKind kind, string error) =>
        (await Rows.ErrorAsync("""{"prompt":"p","completion":"c","label":false}""", kind)).ShouldBe(error);

    [Fact]
    public async Task Broken_json_is_placed()
    {
        (await Rows.ErrorAsync("{\"text\":\"a\"}\n\n{\"text\": oops}", ExampleKind.Text)).ShouldBe("""
            error: The row is not JSON: 'o' is an invalid start of a value. (byte 10)
              place:   DIR/rows.jsonl:3
              given:   {"text": oops}
              allowed: one JSON object per line
              remedy:  mend the row; or leave bad rows out and count them: --on_bad_row skip
            """);
    }

    [Theory]
    [InlineData("""{"question":"q","answer":"  "}""", "\"answer\" is empty.", "", "\"  \"", "text", "fill it in or leave the row out")]
    [InlineData("""{"conversations":[{"from":"alien","value":"q"}]}""", "A turn has an unknown role.", ", conversations[0]", "\"alien\"", "human or user, gpt or assistant, system, function_call, observation or tool", "rename the role in the data, or leave the row out")]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":""}]}""", "An answer is empty, so there is nothing to learn from it.", ", turn 2 (assistant)", "\"\"", "text", "fill it in or leave the row out")]
    [InlineData("""{"conversations":[{"from":"human","value":"q"}]}""", "The dialogue has no turn of the assistant, so there is nothing to learn.", "", "turns of user", "at least one turn of gpt or assistant", "add one or leave the row out")]
    [InlineData("""{"conversations":"q"}""", "\"conversations\" cannot be used.", "", "\"q\"", "a list of turns")]
    [InlineData("""{"input_ids":[1,-2],"labels":[1,2]}""", "\"input_ids\" holds what is no token id.", ", item 1", "-2", "an integer of at least 0")]
    [InlineData("""{"question":"q","answer":4}""", "\"answer\" is no text, and what it means is not guessed.", "", "4", "text (\"4\")", "where it is the answer, write it in quotes, or compose text of it: --columns.answer='{answer}.'; where it counts options, name their column: --columns.options=COLUMN")]
    [InlineData("""{"instruction":"q","output":true}""", "\"output\" is no text, and what it means is not guessed.", "", "true", "text (\"true\")", "where it is the answer, write it in quotes, or compose text of it: --columns.output='{output}.'")]
    [InlineData("""[1]""", "The row is no JSON object.", "", "[1]", "an object with columns, {…}")]
    [InlineData("""{"question":"q\ud800","answer":"a"}""", "The row has half a surrogate pair (an escape from \\ud800 to \\udfff without its partner).", "", null, "valid Unicode")]
    public async Task Bad_dialogue_rows(string json, string message, string place, string? given, string allowed, string? remedy = null) =>
        (await Rows.ErrorAsync(json, ExampleKind.Conversation)).ShouldBe(new MedicalGptException(message) { Place = "DIR/rows.jsonl:1" + place, Given = given, Allowed = allowed, Remedy = remedy }.ToBlock());

    [Theory]
    [InlineData("""{"input_ids":[1,2],"labels":[1]}""", "\"labels\" has 1 values, \"input_ids\" has 2; expected as many.")]
    [InlineData("""{"input_ids":[1,2],"labels":[2,-100]}""", "labels[0] is 2, but input_ids[0] is 1; expected the same id or -100 (labels are not shifted).")]
    public async Task Labels_that_do_not_fit(string json, string expected) =>
        (await Rows.ErrorAsync(json, ExampleKind.Conversation)).ShouldBe("error: DIR/rows.jsonl:1: " + expected);

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"f","arguments":"not json"}}]}]}""", "messages[1]")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"name":"f","arguments":"[1]"}]}]}""", "messages[1]")]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{'a': 1}"}}]}""", "messages[1]")]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{\"name\": \"f\", \"arguments\": \"not json\"}"}]}""", "conversations[1]")]
    public async Task Arguments_of_a_call_that_are_no_object_are_refused(string json, string place)
    {
        var error = await Rows.ErrorAsync(json, ExampleKind.Conversation);
        error.ShouldStartWith($"error: A turn cannot be used.\n  place:   DIR/rows.jsonl:1, {place}\n");
        error.ShouldContain("\n  allowed: a JSON object in \"arguments\", such as");
    }

    [Theory]
    [InlineData("""{"question":"q","choices":["x","y"],"answer":"B"}""", ExampleKind.Conversation)]
    [InlineData("""{"question":"q","choices":{"A":"x","B":"y"},"answer":"b"}""", ExampleKind.Conversation)]
    [InlineData("""{"question":"q","choices":["x","y"],"answer":"B"}""", ExampleKind.Prompt)]
    public async Task A_letter_of_options_in_a_column_of_another_name_is_refused(string json, ExampleKind kind)
    {
        var error = await Rows.ErrorAsync(json, kind);
        error.ShouldStartWith("error: The answer is a letter of options that would not be read.\n  place:   DIR/rows.jsonl:1\n");
        error.ShouldEndWith("--columns.options=choices");
    }

    [Theory]
    [InlineData("""{"question":"q","choices":["x","y"],"answer":"because of y"}""")]
    [InlineData("""{"question":"q\nA. x1\nB. y1","choices":["x1","y1"],"answer":"B"}""")]
    public async Task An_answer_in_words_or_a_question_with_its_options_is_read_beside_choices(string json) =>
        (await Rows.OneAsync(json, ExampleKind.Conversation)).ShouldBeOfType<Conversation>().Messages.Count.ShouldBe(2);

    [Fact]
    public async Task Invalid_utf8_is_placed()
    {
        using var file = new TemporaryFile("a.txt", [.. "good\n"u8, 0xB0, 0xA2, (byte)'\n']); // GB18030 for 阿
        var error = await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text));
        error.ToBlock().ShouldStartWith($"error: The line is not valid UTF-8.\n  place:   {file.Path}:2\n");
    }

    [Fact]
    public async Task A_bad_row_among_good_ones_names_the_switch_that_skips_it()
    {
        const string Json = "{\"text\":\"a\"}\n{\"text\":1}\n{\"text\":\"b\"}";
        (await Rows.ErrorAsync(Json, ExampleKind.Text)).ShouldBe("error: \"text\" cannot be used.\n  place:   DIR/rows.jsonl:2\n  given:   1\n  allowed: a string\n  remedy:  mend the row; or leave bad rows out and count them: --on_bad_row skip");
        using var file = new TemporaryFile("rows.jsonl", Json);
        var notices = new List<string>();
        (await Rows.ReadAsync(file.Path, ExampleKind.Text, new DataReadOptions { OnBadRow = BadRowPolicy.Skip, Notice = notices.Add })).Count.ShouldBe(2);
        notices[^1].ShouldEndWith("rows.jsonl: 1 bad rows were skipped.");
    }

    [Fact]
    public async Task The_remedy_for_a_number_holds() => ((Conversation)await Rows.OneAsync("""{"question":"q","answer":4}""", ExampleKind.Conversation, new DataReadOptions { Columns = new Dictionary<string, string> { ["answer"] = "{answer}." } })).Messages[1].Content.ShouldBe("4.");

    [Theory]
    [InlineData("""{"text":"a","text":"b"}""", 0)] // the only row
    [InlineData("{\"data\":[{\"text\":\"a\",\"text\":\"b\"},{\"text\":\"c\"}]}", 1)]
    [InlineData("""{"\ud800":1,"text":"b"}""", 0)]
    public async Task Bad_rows_of_an_object_in_a_json_file_can_be_skipped(string json, int good)
    {
        (await Rows.ErrorAsync(json, ExampleKind.Text, "rows.json")).ShouldContain("place:   DIR/rows.json:1\n");
        using var file = new TemporaryFile("rows.json", json);
        var notices = new List<string>();
        (await Rows.ReadAsync(file.Path, ExampleKind.Text, new DataReadOptions { OnBadRow = BadRowPolicy.Skip, Notice = notices.Add })).Count.ShouldBe(good);
        notices[^1].ShouldEndWith("rows.json: 1 bad rows were skipped.");
    }

    [Fact]
    public async Task Missing_and_unsuitable_paths_are_named()
    {
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync("/nowhere/x", ExampleKind.Text))).ToBlock().ShouldBe("error: The data does not exist.\n  place:   /nowhere/x\n  given:   neither a file nor a folder\n  allowed: a data file, or a folder of data files\n  remedy:  correct the path (--train-file-dir, --validation-file-dir)");
        using var file = new TemporaryFile("a.doc", "a,b");
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Folder, ExampleKind.Text))).ToBlock().ShouldBe($"error: The folder has no data file.\n  place:   {file.Folder}\n  given:   a.doc\n  allowed: .jsonl, .json, .csv, .tsv, .txt (each also .gz or .zst)");
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text))).ToBlock().ShouldBe($"error: The data file has a format that is not read.\n  place:   {file.Path}\n  given:   .doc\n  allowed: .jsonl, .json, .csv, .tsv, .txt (each also .gz or .zst)");
    }
}
