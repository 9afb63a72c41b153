using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>What stands in a row is read, or the row is refused: nothing is left out without a word.</summary>
public sealed class DroppedColumnTests
{
    [Theory]
    [InlineData(""" "system":"s" """, "\"system\": \"s\"")]
    [InlineData(""" "system_prompt":"s" """, "\"system_prompt\": \"s\"")]
    [InlineData(""" "history":[["h","k"]] """, "\"history\": [[\"h\",\"k\"]]")]
    [InlineData(""" "tools":[{"name":"f"}] """, "\"tools\": [{\"name\":\"f\"}]")]
    public async Task A_text_prompt_has_no_place_for_them(string column, string given) =>
        (await Rows.ErrorAsync("""{"prompt":"p","completion":"c",COLUMN}""".Replace("COLUMN", column.Trim(), StringComparison.Ordinal), ExampleKind.Conversation)).ShouldBe(
            "error: A prompt and a completion that are text are joined without a chat template, so a system turn, a history or tools have no place there.\n  place:   DIR/rows.jsonl:1\n" +
            $"  given:   {given}\n  allowed: prompt and completion as lists of turns, or a dialogue of another shape\n" +
            "  remedy:  --columns.response=completion reads such rows as dialogues, with all of it; or remove the column");

    [Fact]
    public async Task The_remedy_holds()
    {
        var row = (Conversation)await Rows.OneAsync("""{"prompt":"p","completion":"c","system":"s","history":[["h","k"]],"tools":[{"name":"f"}]}""", ExampleKind.Conversation, Columns("response", "completion"));
        Show(row.Messages).ShouldBe("system:s|user:h|assistant:k|user:p|assistant:c");
        row.ToolsJson.ShouldBe("""[{"type":"function","function":{"name":"f"}}]""");
    }

    [Theory]
    [InlineData(""" "system":"" """)]
    [InlineData(""" "system":null,"history":[],"tools":"" """)]
    public async Task Empty_ones_say_nothing(string columns) =>
        (await Rows.OneAsync("""{"prompt":"p","completion":"c",COLUMN}""".Replace("COLUMN", columns.Trim(), StringComparison.Ordinal), ExampleKind.Conversation)).ShouldBeOfType<PromptCompletion>();

    [Theory]
    [InlineData("""{"prompt":"p","completion":"c"}""", ExampleKind.Conversation, "joined without a chat template")]
    [InlineData("""{"input_ids":[1,2],"labels":[1,2]}""", ExampleKind.Conversation, "token ids already")]
    [InlineData("""{"prompt_ids":[1],"chosen_ids":[2],"rejected_ids":[3]}""", ExampleKind.Preference, "token ids already")]
    [InlineData("""{"prompt_ids":[1]}""", ExampleKind.Prompt, "token ids already")]
    [InlineData("""{"text":"t"}""", ExampleKind.Text, "Texts have no system turn.")]
    public async Task A_system_prompt_that_cannot_be_put_in_front_is_refused(string row, ExampleKind kind, string reason) =>
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.OneAsync(row, kind, new DataReadOptions { SystemPrompt = "be brief" }))).ToBlock().ShouldContain(reason);

    [Theory]
    [InlineData("""{"question":"q","options":["x","y"],"answer":"A","history":[["h","k"]],"system":"s"}""", "system:s|user:h|assistant:k|user:q\nA. x\nB. y\nAnswer with the letter of the correct option only.|assistant:A")]
    [InlineData("""{"QUESTION":"q?","CONTEXTS":["c"],"final_decision":"yes","system":"s"}""", "system:s|user:c\n\nQuestion: q?\nAnswer yes, no or maybe.|assistant:yes")]
    [InlineData("""{"questions":[["q"]],"answers":["a"],"history":[["h","k"]]}""", "user:h|assistant:k|user:q|assistant:a")]
    public async Task Questions_of_every_shape_stand_behind_their_history(string row, string expected) =>
        Show(((Conversation)await Rows.OneAsync(row, ExampleKind.Conversation)).Messages).ShouldBe(expected);

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"history":[["h","k"]]}""", ExampleKind.Conversation)]
    [InlineData("""{"prompt":[{"role":"user","content":"q"}],"completion":"a","history":[["h","k"]]}""", ExampleKind.Conversation)]
    [InlineData("""{"conversations":[{"from":"human","value":"q"}],"chosen":"c","rejected":"r","history":[["h","k"]]}""", ExampleKind.Preference)]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"history":[["h","k"]]}""", ExampleKind.Prompt)]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"history":[["h","k"]]}""", ExampleKind.Prompt)]
    [InlineData("""{"data":["q","a"],"history":[["h","k"]]}""", ExampleKind.Prompt)]
    [InlineData("""{"prompt":[{"role":"user","content":"q"}],"history":[["h","k"]]}""", ExampleKind.Prompt)]
    public async Task A_history_beside_turns_is_refused(string row, ExampleKind kind) =>
        (await Rows.ErrorAsync(row, kind)).ShouldContain("A history stands beside turns");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":null,"arguments":null}""")] // as tables fill it in
    [InlineData("null")]
    [InlineData("false")]
    public async Task A_function_call_without_members_is_none(string call)
    {
        var row = $$"""{"messages":[{"role":"user","content":"q","function_call":{{call}}},{"role":"assistant","content":"a","function_call":{{call}}}]}""";
        ((Conversation)await Rows.OneAsync(row, ExampleKind.Conversation)).Messages.ShouldBe([new Message(Roles.User, "q"), new Message(Roles.Assistant, "a")]);
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"a","reasoning_content":["r"]}""", "text in \"reasoning_content\"")]
    [InlineData("""{"role":"assistant","content":"a","reasoning_content":{"text":"r"}}""", "text in \"reasoning_content\"")]
    [InlineData("""{"role":"assistant","content":"a","function_call":"f(1)"}""", "an object with \"name\" and \"arguments\" in \"function_call\"")]
    [InlineData("""{"role":"user","content":"a","tool_calls":[{"function":{"name":"f","arguments":{}}}]}""", "calls of tools in a turn of the assistant only")]
    [InlineData("""{"from":"function_call","value":"{\"name\": \"f\", \"arguments\": {"}""", "JSON with \"name\" and \"arguments\"")]
    [InlineData("""{"from":"function_call","value":"[{\"name\": \"f\", \"arguments\": {}}, \"g\"]"}""", "JSON with \"name\" and \"arguments\"")]
    [InlineData("""{"from":"function_call","value":"{\"name\": \"f\"}"}""", "JSON with \"name\" and \"arguments\"")]
    [InlineData("""{"from":"function_call","value":"[]"}""", "JSON with \"name\" and \"arguments\"")]
    public async Task Members_of_turns_that_cannot_be_read_are_refused(string turn, string allowed)
    {
        var error = await Rows.ErrorAsync($$"""{"messages":[{"role":"user","content":"q"},{{turn}},{"role":"assistant","content":"a"}]}""", ExampleKind.Conversation);
        error.ShouldStartWith("error: A turn cannot be used.\n  place:   DIR/rows.jsonl:1, messages[1]\n");
        error.ShouldContain("allowed: " + allowed);
    }

    [Theory]
    [InlineData("""{"question":"q","answer":"a","answer":"b"}""", "answer")]
    [InlineData("""{"messages":[{"role":"user","content":"q","content":"r"},{"role":"assistant","content":"a"}]}""", "content")]
    [InlineData("""[{"question":"q","answer":"a","\u0061nswer":"b"}]""", "answer", "rows.json")]
    public async Task A_name_that_stands_twice_is_refused(string row, string name, string file = "rows.jsonl")
    {
        var error = await Rows.ErrorAsync(row, ExampleKind.Conversation, file);
        error.ShouldStartWith("error: The row has two members of one name, of which only one could be read.\n  place:   DIR/rows.json");
        error.ShouldContain($"given:   \"{name}\" twice");
    }

    [Fact]
    public async Task Members_of_turns_that_are_not_read_are_named_once()
    {
        const string Row = """{"messages":[{"role":"user","content":"q","loss":false,"id":null},{"role":"assistant","content":"a","thinking":"t","weight":1}]}""";
        var notices = await Notices($"{Row}\n{Row}\n{Row.Replace("loss", "train", StringComparison.Ordinal)}", ExampleKind.Conversation);
        notices.Count.ShouldBe(3);
        notices[1].ShouldStartWith("DIR/rows.jsonl:1: \"loss\", \"thinking\" of turns are not read. Read are ");
        notices[2].ShouldStartWith("DIR/rows.jsonl:3: \"train\" of turns is not read. Read are ");
    }

    [Fact]
    public async Task Of_two_dialogues_in_a_row_the_one_that_is_not_read_is_named() =>
        (await Notices("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"messages":[{"role":"user","content":"r"},{"role":"assistant","content":"b"}]}""", ExampleKind.Conversation))[1]
            .ShouldBe("DIR/rows.jsonl:1: \"messages\" is not read: the row has \"conversations\" too, and is read as ShareGPT. Where the other is meant, remove these columns.");

    [Fact]
    public async Task Labels_and_a_mask_that_differ_are_refused()
    {
        (await Rows.ErrorAsync("""{"input_ids":[5,6],"labels":[-100,6],"completion_mask":[1,1]}""", ExampleKind.Conversation)).ShouldStartWith(
            "error: \"labels\" and \"completion_mask\" do not say the same about what is learned.\n  place:   DIR/rows.jsonl:1, item 0\n  given:   label -100, mask 1\n");
        ((TokenizedSequence)await Rows.OneAsync("""{"input_ids":[5,6],"labels":[-100,6],"completion_mask":[0,1]}""", ExampleKind.Conversation)).Labels.ShouldBe([-100, 6]);
    }

    private static async Task<List<string>> Notices(string rows, ExampleKind kind)
    {
        using var file = new TemporaryFile("rows.jsonl", rows);
        var notices = new List<string>();
        await Rows.ReadAsync(file.Path, kind, new DataReadOptions { Notice = notices.Add });
        return notices.ConvertAll(notice => notice.Replace(file.Folder, "DIR", StringComparison.Ordinal));
    }

    private static DataReadOptions Columns(string field, string column) => new() { Columns = new Dictionary<string, string> { [field] = column } };

    private static string Show(IEnumerable<Message> messages) => string.Join('|', messages.Select(m => $"{m.Role}:{m.Content}"));
}
