using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

public sealed class RowShapeTests
{
    public static TheoryData<string, string> Dialogues => new()
    {
        { """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""", "user:q|assistant:a" },
        { """{"system":"s","conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""", "system:s|user:q|assistant:a" },
        { """{"messages":[{"role":"system","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", "system:s|user:q|assistant:a" },
        { """{"messages":[{"role":"user","content":[{"type":"text","text":"q"}]},{"role":"assistant","content":"a"}]}""", "user:q|assistant:a" },
        { """{"instruction":"i","input":"x","output":"o"}""", "user:i\nx|assistant:o" },
        { """{"instruction":"i","input":"","output":"o","history":[["h","k"]]}""", "user:h|assistant:k|user:i|assistant:o" },
        { """{"question":"q","answer":"a"}""", "user:q|assistant:a" },
        { """{"prompt":[{"role":"user","content":"q"}],"completion":[{"role":"assistant","content":"a"}]}""", "user:q|assistant:a" },
        { """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},{"role":"function","name":"f","content":"r"},{"role":"assistant","content":"a"}]}""", "user:q|assistant:[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]|tool:r|assistant:a" },
        { """{"messages":[{"role":"user","content":"q","tool_calls":null},{"role":"assistant","content":null,"tool_calls":[{"id":"1","function":{"name":"f","arguments":{"a":1,"b":null}}}]},{"role":"tool","content":"r"},{"role":"assistant","content":"a"}]}""", "user:q|assistant:[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]|tool:r|assistant:a" },
        { """{"data":["问：q","答：a","r","b"]}""", "user:q|assistant:a|user:r|assistant:b" },
        { """{"questions":[["q","q again"]],"answers":["a"]}""", "user:q|assistant:a" },
        { """{"input":"q","output":"a"}""", "user:q|assistant:a" },
        { """{"QUESTION":"q?","CONTEXTS":["c"],"final_decision":"yes"}""", "user:c\n\nQuestion: q?\nAnswer yes, no or maybe.|assistant:yes" },
        { """{"question":"q?","options":"A x\\nB. y","answer":"B"}""", "user:q?\nA. x\nB. y\nAnswer with the letter of the correct option only.|assistant:B" },
        { """{"question":"q?","opa":"x","opb":"y","opc":null,"cop":1,"exp":"e"}""", "user:q?\nA. x\nB. y\nAnswer with the letter of the correct option only.|assistant:B" },
        { """{"question":"q?","A":"x","B":"y","C":"z","answer":"C"}""", "user:q?\nA. x\nB. y\nC. z\nAnswer with the letter of the correct option only.|assistant:C" },
        { """{"question":"q?","options":{"A":"x","B":"y"},"answer":"B"}""", "user:q?\nA. x\nB. y\nAnswer with the letter of the correct option only.|assistant:B" },
    };

    public static TheoryData<string, string> Pairs => new()
    {
        { """{"prompt":"q","chosen":"c","rejected":"r"}""", "user:q>c<r" },
        { """{"question":"q","response_chosen":"c","response_rejected":"r","system":"s","margin":1.5}""", "system:s|user:q>c<r" },
        { """{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"c"},"rejected":{"role":"assistant","content":"r"}}""", "user:q>c<r" },
        { """{"prompt":"q","chosen":[{"role":"assistant","content":"c"}],"rejected":[{"role":"assistant","content":"r"}]}""", "user:q>c<r" },
        { """{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"c"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"r"}]}""", "user:q>c<r" },
        { """{"question":"q","system":"s","history":[["h","k"]],"response_chosen":"c","response_rejected":"r"}""", "system:s|user:h|assistant:k|user:q>c<r" },
        { """{"chosen":"\n\nHuman: q\n\nAssistant: a\n\nHuman: r\n\nAssistant: c","rejected":"\n\nHuman: q\n\nAssistant: a\n\nHuman: r\n\nAssistant: d"}""", "user:q|assistant:a|user:r>c<d" },
        { """{"prompt":"\n\nHuman: q\n\nAssistant:","chosen":" c","rejected":" r"}""", "user:q> c< r" },
        { """{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{}}}]},{"role":"tool","content":"t"},{"role":"assistant","content":"c"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"r"}]}""", "user:q>[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]\nt\nc<r" },
        { """{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{}}}]},{"role":"tool","content":"t"},{"role":"assistant","content":"c"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{}}}]},{"role":"tool","content":"u"},{"role":"assistant","content":"r"}]}""", "user:q>[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]\nt\nc<[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]\nu\nr" },
        { """{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"function_call","value":"{\"name\":\"f\",\"arguments\":{}}"},"rejected":"r"}""", "user:q>[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":{}}}]<r" },
        { """{"prompt":"q","chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"c"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"r"}]}""", "user:q>c<r" },
    };

    public static TheoryData<string, string, string> Prompts => new()
    {
        { """{"question":"q","answer":5,"dose":"5 mg"}""", "user:q", "answer=5|dose=5 mg" },
        { """{"prompt":[{"role":"user","content":"q"}],"solution":"s"}""", "user:q", "solution=s" },
        { """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"},{"from":"human","value":"r"},{"from":"gpt","value":"b"}]}""", "user:q|assistant:a|user:r", "answer=b" },
        { """{"conversations":[{"from":"human","value":"q"}],"id":"7"}""", "user:q", "id=7" },
        { """{"instruction":"i","output":"o"}""", "user:i", "answer=o" },
        { """{"data_source":"d","prompt":[{"role":"user","content":"q"}],"ability":"math","reward_model":{"style":"rule","ground_truth":"72"},"extra_info":{"index":0}}""", "user:q", "ability=math|answer=72|data_source=d|extra_info={\"index\":0}|reward_model={\"style\":\"rule\",\"ground_truth\":\"72\"}" },
        { """{"chosen":"\n\nHuman: q\n\nAssistant: c","rejected":"\n\nHuman: q\n\nAssistant: d"}""", "user:q", "chosen=\n\nHuman: q\n\nAssistant: c|rejected=\n\nHuman: q\n\nAssistant: d" },
        { """{"question":"问","options":["x","y"],"answer_idx":"A","answer":"x"}""", "user:问\nA. x\nB. y\n请只回答正确选项的字母。", "answer=A|answer_text=x|options=[\"x\",\"y\"]" },
    };

    [Theory]
    [MemberData(nameof(Dialogues))]
    public async Task Dialogue_rows(string json, string expected)
    {
        var conversation = (Conversation)await Rows.OneAsync(json, ExampleKind.Conversation);
        Show(conversation.Messages).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Preference_rows(string json, string expected)
    {
        var pair = (PreferencePair)await Rows.OneAsync(json, ExampleKind.Preference);
        $"{Show(pair.Prompt)}>{pair.ChosenText}<{pair.RejectedText}".ShouldBe(expected);
        pair.Margin.ShouldBe(json.Contains("margin", StringComparison.Ordinal) ? 1.5 : null);
    }

    [Theory]
    [MemberData(nameof(Prompts))]
    public async Task Prompt_rows(string json, string messages, string reference)
    {
        var prompt = (Prompt)await Rows.OneAsync(json, ExampleKind.Prompt);
        Show(prompt.Messages).ShouldBe(messages);
        string.Join('|', prompt.Reference.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $"{r.Key}={r.Value}")).ShouldBe(reference);
    }

    [Fact]
    public async Task Token_rows()
    {
        var sequence = (TokenizedSequence)await Rows.OneAsync("""{"input_ids":[5,6,7,0],"labels":[-100,6,7,-100],"attention_mask":[1,1,1,0]}""", ExampleKind.Conversation);
        sequence.InputIds.ShouldBe([5, 6, 7]);
        sequence.Labels.ShouldBe([-100, 6, 7]);
        ((TokenizedSequence)await Rows.OneAsync("""{"input_ids":[5,6]}""", ExampleKind.Text)).Labels.ShouldBe([5, 6]);
        ((TokenizedSequence)await Rows.OneAsync("""{"input_ids":[5,6],"completion_mask":[0,1]}""", ExampleKind.Conversation)).Labels.ShouldBe([-100, 6]);
        var pair = (TokenizedPair)await Rows.OneAsync("""{"prompt_ids":[1],"chosen_ids":[2,3],"rejected_ids":[4]}""", ExampleKind.Preference);
        pair.ChosenIds.ShouldBe([2, 3]);
        ((TokenizedPrompt)await Rows.OneAsync("""{"prompt_ids":[1],"answer":"x"}""", ExampleKind.Prompt)).Reference["answer"].ShouldBe("x");
    }

    [Fact]
    public async Task Tools_and_calls_take_the_form_that_templates_expect()
    {
        const string Json = """{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{\"name\":\"f\",\"arguments\":{\"药\":1.50}}"},{"from":"observation","value":"r"},{"from":"gpt","value":"a"}],"tools":"[{\"name\":\"f\"}]"}""";
        var conversation = (Conversation)await Rows.OneAsync(Json, ExampleKind.Conversation);
        conversation.ToolsJson.ShouldBe("""[{"type":"function","function":{"name":"f"}}]""");
        conversation.Messages[1].ToolCallsJson.ShouldBe("""[{"type":"function","function":{"name":"f","arguments":{"药":1.50}}}]""");
        Show(conversation.Messages).ShouldBe("""user:q|assistant:[{"type":"function","function":{"name":"f","arguments":{"药":1.50}}}]|tool:r|assistant:a""");
    }

    [Fact]
    public async Task Columns_can_be_named_and_detection_explains_itself()
    {
        var notices = new List<string>();
        var options = new DataReadOptions { Columns = new Dictionary<string, string> { ["question"] = "query", ["answer"] = "gold" }, SystemPrompt = "s", Notice = notices.Add };
        var prompt = (Prompt)await Rows.OneAsync("""{"query":"q","gold":"g"}""", ExampleKind.Prompt, options);
        Show(prompt.Messages).ShouldBe("system:s|user:q");
        prompt.Reference["answer"].ShouldBe("g");
        notices.ShouldHaveSingleItem().ShouldEndWith("rows.jsonl: read as question because the row has \"query\".");
    }

    [Fact]
    public async Task Columns_that_settings_name_come_before_columns_that_are_there_too()
    {
        const string Alpaca = """{"instruction":"Name","input":"the organ","output":"Kidney"}""";
        var completed = new DataReadOptions { Columns = new Dictionary<string, string> { ["prompt"] = "{instruction} {input}: ", ["completion"] = "output" } };
        (await Rows.OneAsync(Alpaca, ExampleKind.Conversation, completed)).ShouldBeOfType<PromptCompletion>().Prompt.ShouldBe("Name the organ: ");
        var asked = new DataReadOptions { Columns = new Dictionary<string, string> { ["question"] = "instruction", ["answer"] = "input", ["system"] = "output" } };
        Show(((Conversation)await Rows.OneAsync(Alpaca, ExampleKind.Conversation, asked)).Messages).ShouldBe("system:Kidney|user:Name|assistant:the organ");
    }

    [Theory]
    [InlineData("""{"prompt":"q","completion":"a","label":true}""", true)]
    [InlineData("""{"prompt":[{"role":"user","content":"q"}],"completion":[{"role":"assistant","content":"a"}],"label":0}""", false)]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"label":false}""", false)]
    [InlineData("""{"instruction":"q","output":"a","label":true}""", true)]
    public async Task Unpaired_rows(string json, bool label)
    {
        var row = (UnpairedExample)await Rows.OneAsync(json, ExampleKind.Unpaired);
        (Show(row.Prompt), Show(row.Completion), row.IsDesirable).ShouldBe(("user:q", "assistant:a", label));
    }

    [Theory]
    [InlineData("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"kto_tag":false}""")]
    [InlineData("""{"instruction":"q","output":"a","label":"cardiology","kto_tag":false}""")]
    public async Task LlamaFactorys_kto_tag_is_a_label(string json)
    {
        ((UnpairedExample)await Rows.OneAsync(json, ExampleKind.Unpaired)).IsDesirable.ShouldBeFalse();
        (await Rows.ErrorAsync(json, ExampleKind.Conversation)).ShouldContain("sft would learn bad answers");
        (await Rows.ErrorAsync(json.Replace("\"kto_tag\"", "\"label\":true,\"kto_tag\"", StringComparison.Ordinal).Replace("\"label\":\"cardiology\",", "", StringComparison.Ordinal), ExampleKind.Unpaired))
            .ShouldBe("error: The row has two different labels.\n  place:   DIR/rows.jsonl:1\n  given:   \"label\": true, \"kto_tag\": false\n  allowed: one, or twice the same\n  remedy:  keep the one that is meant");
    }

    // The columns of HuggingFaceH4/ultrafeedback_binarized.
    [Fact]
    public async Task Ultrafeedback_rows_are_pairs()
    {
        const string Json = """{"prompt":"q","prompt_id":"f0e3","chosen":[{"content":"q","role":"user"},{"content":"c","role":"assistant"}],"rejected":[{"content":"q","role":"user"},{"content":"r","role":"assistant"}],"messages":[{"content":"q","role":"user"},{"content":"c","role":"assistant"}],"score_chosen":8.0,"score_rejected":6.0}""";
        foreach (var row in new[] { Json, Json.Replace("\"prompt\":\"q\",", "", StringComparison.Ordinal) })
        {
            var pair = (PreferencePair)await Rows.OneAsync(row, ExampleKind.Preference);
            $"{Show(pair.Prompt)}>{pair.ChosenText}<{pair.RejectedText}".ShouldBe("user:q>c<r");
        }
    }

    [Fact]
    public async Task Tools_reach_every_kind_of_row()
    {
        const string Tools = """ "tools":[{"name":"f"}] """;
        const string Expected = """[{"type":"function","function":{"name":"f"}}]""";
        ((PreferencePair)await Rows.OneAsync($$"""{"prompt":"q","chosen":"c","rejected":"r",{{Tools}}}""", ExampleKind.Preference)).ToolsJson.ShouldBe(Expected);
        ((UnpairedExample)await Rows.OneAsync($$"""{"prompt":"q","completion":"c","label":true,{{Tools}}}""", ExampleKind.Unpaired)).ToolsJson.ShouldBe(Expected);
        ((Conversation)await Rows.OneAsync($$"""{"instruction":"q","output":"c",{{Tools}}}""", ExampleKind.Conversation)).ToolsJson.ShouldBe(Expected);
        var prompt = (Prompt)await Rows.OneAsync($$"""{"question":"q","answer":"c",{{Tools}}}""", ExampleKind.Prompt);
        prompt.ToolsJson.ShouldBe(Expected);
        prompt.Reference.Keys.ShouldBe(["answer"]);
    }

    [Fact]
    public async Task Text_and_completions()
    {
        ((PlainText)await Rows.OneAsync("""{"text":"t"}""", ExampleKind.Text)).Text.ShouldBe("t");
        (await Rows.OneAsync("""{"prompt":"p","completion":"c"}""", ExampleKind.Conversation)).ShouldBeOfType<PromptCompletion>().Completion.ShouldBe("c");
    }

    private static string Show(IEnumerable<Message> messages) => string.Join('|', messages.Select(m => $"{m.Role}:{MessageText.Of([m])}"));
}
