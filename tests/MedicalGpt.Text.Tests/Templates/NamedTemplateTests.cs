using MedicalGpt.Data;
using MedicalGpt.Text.Tests.Tokenization;
using MedicalGpt.Training.Templates;
using MedicalGpt.Training.Templates.Named;

namespace MedicalGpt.Text.Tests.Templates;

/// <summary>
/// Named templates. Expected texts are written by hand from the table of MedicalGPT's templates (prompt shape, separator, stop token), with these mends: an answer ends with the stop token once,
/// system texts of rows keep their wrapper, and no prompt loses its question.
/// </summary>
public sealed class NamedTemplateTests(QwenTokenizer qwen) : IClassFixture<QwenTokenizer>
{
    private static readonly Message[] Dialogue = [new(Roles.System, "S"), new(Roles.User, "Q1"), new(Roles.Assistant, "A1"), new(Roles.User, "Q2"), new(Roles.Assistant, "A2")];

    [Theory]
    [InlineData("vicuna", "<s>S USER: Q1 ASSISTANT:A1</s>USER: Q2 ASSISTANT:A2</s>")]
    [InlineData("base", "S\n\nQ1A1</s>Q2A2</s>")]
    [InlineData("alpaca", "<s>S\n\n### Instruction:\nQ1\n\n### Response:\nA1</s>\n\n### Instruction:\nQ2\n\n### Response:\nA2</s>")]
    [InlineData("baichuan", "S<reserved_102>Q1<reserved_103>A1</s><reserved_102>Q2<reserved_103>A2</s>")]
    [InlineData("baichuan2", "S<reserved_106>Q1<reserved_107>A1</s><reserved_106>Q2<reserved_107>A2</s>")]
    [InlineData("ziya", "<s>S\n<human>:Q1\n<bot>:A1</s>\n<human>:Q2\n<bot>:A2</s>")]
    [InlineData("linly", "<s>S\nUser: Q1\nBot: A1</s>\nUser: Q2\nBot: A2</s>")]
    [InlineData("chatglm", "S\n问：Q1\n答：A1</s>\n问：Q2\n答：A2</s>")]
    [InlineData("chatglm2", "S\n\n问：Q1\n\n答：A1</s>\n\n问：Q2\n\n答：A2</s>")]
    [InlineData("chatglm3", "<|system|>\nS<|user|>\nQ1<|assistant|>A1</s>\n<|user|>\nQ2<|assistant|>A2</s>")]
    [InlineData("phoenix", "S\n\nHuman: <s>Q1</s>Assistant: A1</s>Human: <s>Q2</s>Assistant: A2</s>")]
    [InlineData("belle", "<s>S\n\nHuman: Q1\n\nBelle: A1</s>\n\nHuman: Q2\n\nBelle: A2</s>")]
    [InlineData("aquila", "S###Human: Q1###Assistant:A1</s>###Human: Q2###Assistant:A2</s>")]
    [InlineData("intern", "<s><|System|>:S\n<|User|>:Q1<eoh>\n<|Bot|>:A1<eoa>\n<|User|>:Q2<eoh>\n<|Bot|>:A2<eoa>")]
    [InlineData("intern2", "<s><|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\nA2<|im_end|>\n")]
    [InlineData("starchat", "<|system|>\nS<|end|>\n<|user|>\nQ1<|end|>\n<|assistant|>\nA1<|end|>\n<|user|>\nQ2<|end|>\n<|assistant|>\nA2<|end|>")]
    [InlineData("llama2", "<s>[INST] <<SYS>>\nS\n<</SYS>>\n\nQ1 [/INST]A1</s>[INST] Q2 [/INST]A2</s>")]
    [InlineData("llama2-zh", "<s>[INST] <<SYS>>\nS\n<</SYS>>\n\nQ1 [/INST]A1</s>[INST] Q2 [/INST]A2</s>")]
    [InlineData("llama3", "<s><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nQ1<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nA1<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nQ2<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nA2<|eot_id|>")]
    [InlineData("mistral", "<s>[INST] S\n\nQ1 [/INST]A1</s>[INST] Q2 [/INST]A2</s>")]
    [InlineData("xverse", "S\n\nHuman: Q1\n\nAssistant: A1</s>Human: Q2\n\nAssistant: A2</s>")]
    [InlineData("chatml", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\nA2<|im_end|>\n")]
    [InlineData("deepseek", "<s>S\n\nUser: Q1\n\nAssistant:A1</s>User: Q2\n\nAssistant:A2</s>")]
    [InlineData("deepseek3", "<s>S<｜User｜>Q1<｜Assistant｜>A1</s><｜User｜>Q2<｜Assistant｜>A2</s>")]
    [InlineData("deepseekcoder", "<s>S\n### Instruction:\nQ1\n### Response:\nA1<|EOT|>\n### Instruction:\nQ2\n### Response:\nA2<|EOT|>")]
    [InlineData("yi", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\nA2<|im_end|>\n")]
    [InlineData("orion", "<s>S\n\nHuman: Q1\n\nAssistant: </s>A1</s>Human: Q2\n\nAssistant: </s>A2</s>")]
    [InlineData("cohere", "<s><|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>S<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Q1<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>A1<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Q2<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>A2<|END_OF_TURN_TOKEN|>")]
    [InlineData("qwen", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\nA2<|im_end|>\n")]
    [InlineData("qwen3", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\nA2<|im_end|>\n")]
    [InlineData("qwen3_5", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\nA2<|im_end|>\n")]
    [InlineData("qwen3_nothink", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\nA2<|im_end|>\n")]
    [InlineData("qwen3_5_nothink", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ1<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\nA1<|im_end|>\n<|im_start|>user\nQ2<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\nA2<|im_end|>\n")]
    public void A_dialogue_with_a_system_text(string name, string expected)
    {
        var chat = Named(name).Render(Dialogue, null, addGenerationPrompt: false);
        chat.Text.ShouldBe(expected);
        var stop = DialogueShapes.All.Single(s => s.Name == name).Stop ?? "</s>";
        chat.Generated.Select(r => chat.Text[r.Start..r.End]).ShouldBe([$"A1{stop}", $"A2{stop}"]);
        var prompt = Named(name).Render(Dialogue[..4], null, addGenerationPrompt: true);
        expected.ShouldStartWith(prompt.Text);
        expected[prompt.Text.Length..].ShouldStartWith($"A2{stop}");
    }

    [Fact]
    public void There_are_the_33_names_and_the_older_one() => ChatTemplates.Names.Count.ShouldBe(34);

    [Theory]
    [InlineData("chatml", "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData("llama3", "<s><|start_header_id|>system<|end_header_id|>\n\nYou are a helpful, excellent and smart assistant.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nq<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData("llama2-zh", "<s>[INST] <<SYS>>\nYou are a helpful assistant. 你是一个乐于助人的助手。\n<</SYS>>\n\nq [/INST]")]
    [InlineData("mistral", "<s>[INST] q [/INST]")]
    [InlineData("qwen3_nothink", "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n")]
    public void A_prompt_without_a_system_text(string name, string expected) =>
        Named(name).Render([new(Roles.User, "q")], null, addGenerationPrompt: true).Text.ShouldBe(expected);

    [Fact]
    public void Reasoning_is_kept_or_dropped()
    {
        Message[] messages = [new(Roles.User, "q"), new(Roles.Assistant, "a") { ReasoningContent = "r" }];
        Named("qwen3").Render(messages, null, false).Text.ShouldEndWith("assistant\n<think>\nr\n</think>\n\na<|im_end|>\n");
        Named("qwen3_nothink").Render(messages, null, false).Text.ShouldEndWith("assistant\n<think>\n\n</think>\n\na<|im_end|>\n");
        Named("qwen3_nothink").Render([new(Roles.User, "q"), new(Roles.Assistant, "<think>\nr\n</think>\n\na")], null, false).Text.ShouldEndWith("assistant\n<think>\n\n</think>\n\na<|im_end|>\n");
    }

    // Call and result texts of the table of tool formats.
    [Theory]
    [InlineData("default", "Action: f\nAction Input: {\"a\": 1}\n", "Observation: v")]
    [InlineData("glm4", "f\n{\"a\": 1}", "<|observation|>\nv")]
    [InlineData("llama3", "{\"name\": \"f\", \"parameters\": {\"a\": 1}}", "Observation: v")]
    [InlineData("mistral", "[{\"name\": \"f\", \"arguments\": {\"a\": 1}}]", "[TOOL_RESULTS] {\"content\": v}[/TOOL_RESULTS]")]
    [InlineData("qwen", "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>", "<tool_response>\nv\n</tool_response>")]
    [InlineData("qwen3", "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>", "<tool_response>\nv\n</tool_response>")]
    [InlineData("qwen3.5", "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>", "<tool_response>\nv\n</tool_response>")]
    public void Tools(string format, string call, string result)
    {
        const string Bare = """{"name":"f","description":"finds","parameters":{"type":"object","properties":{"a":{"type":"integer","description":"number","enum":[1,2]},"b":{"type":"array","items":{"type":"string"}}},"required":["a"]}}""";
        Message[] messages =
        [
            new(Roles.User, "q"),
            new(Roles.Assistant, "") { ToolCallsJson = """[{"name":"f","arguments":"{\"a\":1}"}]""" },
            new(Roles.Tool, "v"),
            new(Roles.Assistant, "done"),
        ];
        var chat = Named("yi", format).Render(messages, $"[{Bare}]", addGenerationPrompt: false);
        chat.Text.ShouldEndWith($"<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n{call}<|im_end|>\n<|im_start|>user\n{result}<|im_end|>\n<|im_start|>assistant\ndone<|im_end|>\n");
        chat.Text.ShouldContain("finds");
        var wrapped = Named("yi", format).Render(messages, $$"""[{"type":"function","function":{{Bare}}}]""", addGenerationPrompt: false);
        wrapped.Text.ShouldBe(chat.Text);
    }

    [Fact]
    public void The_list_of_the_default_format_says_all_of_an_argument()
    {
        const string Tool = """[{"name":"f","description":"finds","parameters":{"properties":{"a":{"type":"integer","description":"number","enum":[1,2]},"b":{"type":"array","items":{"type":"string"}}},"required":["a"]}}]""";
        Named("yi", "default").Render([new(Roles.User, "q")], Tool, false).Text.ShouldContain(
            "> Tool Name: f\nTool Description: finds\nTool Args:\n  - a (integer, required): number, one of [1, 2]\n  - b (array): , items of type string\n\n");
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Qwen_is_the_family_s_own_template()
    {
        var named = ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { Name = "qwen2.5" })!;
        var own = ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions())!;
        foreach (var (_, conversation) in FamilyChatTests.Conversations("qwen2.5").Where(c => c.Conversation.Messages[0].Content.Length > 0)) // named templates leave an empty system text out
            named.Render(conversation.Messages, conversation.ToolsJson, true).Text.ShouldBe(own.Render(conversation.Messages, conversation.ToolsJson, true).Text);
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Wrong_names_and_stop_tokens_are_refused()
    {
        Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { Name = "qwen4" })).Allowed.ShouldNotBeNull().ShouldContain("qwen3_nothink");
        Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { Name = "llama3" })).Message.ShouldContain("<|eot_id|>");
        Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { ToolFormat = "qwen" })).Remedy.ShouldNotBeNull().ShouldContain("--template_name");
        Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { Name = "qwen", ToolFormat = "xml" })).Allowed.ShouldNotBeNull().ShouldContain("glm4");
        Should.Throw<MedicalGptException>(() => Named("mistral").Render([new(Roles.User, "q"), new(Roles.System, "s")], null, false)).Message.ShouldContain("no place for a turn of system");
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void A_template_file_that_is_no_utf8_is_refused()
    {
        using var file = new TemporaryFile("odd.jinja", [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("{{ messages[0].content }}")]);
        Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { Name = file.Path })).ToBlock().ShouldBe($"error: The chat template's file is not valid UTF-8.\n  place:   --template_name\n  given:   {file.Path}, which looks like UTF-16\n  allowed: text in UTF-8\n  remedy:  save it as UTF-8, for example: iconv -f UTF-16 -t UTF-8 {file.Path}");
        using var marked = new TemporaryFile("marked.jinja", [0xEF, 0xBB, 0xBF, .. "{{ messages[0].content }}"u8]);
        ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { Name = marked.Path })!.Render([new(Roles.User, "q")], null, false).Text.ShouldBe("q");
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void Options_without_effect_are_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jinja");
        File.WriteAllText(path, "{{ messages[0].content }}{{ enable_thinking }}");
        try
        {
            Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, new ChatTemplateOptions { Name = path, ToolFormat = "qwen" })).ToBlock().ShouldStartWith($"error: A tool format is for named templates only.\n  place:   --tool_format\n  given:   qwen, beside the template of {path}\n");
            ChatTemplates.For(qwen.Tokenizer, Set("enable_thinking", path))!.Render([new(Roles.User, "q")], null, false).Text.ShouldBe("qyes");
            Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, Set("enable_thinkng", path))).ToBlock().ShouldBe($"error: The chat template has no such variable, so setting it has no effect.\n  place:   --template_kwargs.enable_thinkng\n  given:   {path}\n  allowed: a variable that the template's text names\n  remedy:  did you mean enable_thinking?");
            Should.Throw<MedicalGptException>(() => ChatTemplates.For(qwen.Tokenizer, Set("date_string", null))).Place.ShouldBe("--template_kwargs.date_string");
            ChatTemplates.For(qwen.Tokenizer, Set("date_string", "qwen") with { ToolFormat = "llama3" }).ShouldNotBeNull(); // a variable of the tool format's text
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ChatTemplateOptions Set(string variable, string? template) => new() { Name = template, Variables = new Dictionary<string, string> { [variable] = "yes" } };

    private static JinjaChatTemplate Named(string name, string? tools = null)
    {
        var text = ShapeTemplate.Write(DialogueShapes.All.Single(s => s.Name == name), tools);
        return new JinjaChatTemplate(text, null, name, [new("bos_token", new Training.Templates.Jinja.Values.StringValue("<s>")), new("eos_token", new Training.Templates.Jinja.Values.StringValue("</s>"))]);
    }
}
