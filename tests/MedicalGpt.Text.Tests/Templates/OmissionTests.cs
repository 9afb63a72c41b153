using MedicalGpt.Data;
using MedicalGpt.Text.Tests.Tokenization;
using MedicalGpt.Training.DataChecks;
using MedicalGpt.Training.Templates;

namespace MedicalGpt.Text.Tests.Templates;

/// <summary>What a template does not write of a row is told; what it marks as generated must be the assistant's.</summary>
public sealed class OmissionTests(QwenTokenizer qwen) : IClassFixture<QwenTokenizer>
{
    private const string Tools = """[{"type":"function","function":{"name":"dose","parameters":{}}}]""";
    private const string Bare = "{% for m in messages %}{% if m.role in ['user', 'assistant'] %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    private static readonly Message[] Full =
    [
        new(Roles.System, "s"), new(Roles.User, "q"), new(Roles.Assistant, "") { ToolCallsJson = """[{"type":"function","function":{"name":"dose","arguments":{}}}]""" }, new(Roles.Tool, "5 mg"),
        new(Roles.Assistant, "a") { ReasoningContent = "because" },
    ];

    [SharedFact("tokenizers/qwen2.5")]
    public void All_that_a_bare_template_leaves_out_is_told_once()
    {
        var encoder = Encoder(Bare);
        encoder.EncodeConversation(new Conversation(Full) { ToolsJson = Tools });
        Taken(encoder).ShouldBe(["calls of tools", "results of tools", "the assistant's reasoning", "the list of tools", "the system turn"]);
        Taken(encoder).ShouldBeEmpty();
        encoder.EncodePrompt(Full[..2], Tools);
        Taken(encoder).ShouldBe(["the list of tools", "the system turn"]);
        encoder.EncodeContinuation([Full[1]], [Full[4]]);
        Taken(encoder).ShouldBe(["the assistant's reasoning"]);
        encoder.EncodeConversation(new Conversation([Full[1], Full[4] with { ReasoningContent = null }]));
        Taken(encoder).ShouldBeEmpty();
    }

    [SharedTheory("tokenizers/chat_templates")]
    [InlineData("trl/qwen3.jinja")]
    [InlineData("trl/qwen3_training.jinja")]
    [InlineData("ik_llama.cpp/Qwen-Qwen3-0.6B.jinja")]
    public void A_template_that_writes_all_of_it_leaves_nothing_out(string template)
    {
        var encoder = Encoder(File.ReadAllText(SharedFiles.Find($"tokenizers/chat_templates/{template}")!));
        encoder.EncodeConversation(new Conversation(Full) { ToolsJson = Tools });
        Taken(encoder).ShouldBeEmpty();
    }

    // Qwen2.5's template writes tools and their calls, but knows no reasoning.
    [SharedFact("tokenizers/chat_templates")]
    public void A_template_without_reasoning_is_told_about()
    {
        var encoder = Encoder(File.ReadAllText(SharedFiles.Find("tokenizers/chat_templates/trl/qwen2_5.jinja")!));
        encoder.EncodeConversation(new Conversation(Full) { ToolsJson = Tools });
        Taken(encoder).ShouldBe(["the assistant's reasoning"]);
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void The_check_of_data_finds_it()
    {
        var checker = new DataChecker(new DataCheckSettings { Encoder = Encoder(Bare) });
        checker.Add(new Conversation([new(Roles.User, "q"), new(Roles.Assistant, "a")]) { Origin = new RowOrigin("a.jsonl", 1) });
        checker.Add(new Conversation([new(Roles.System, "s"), new(Roles.User, "r"), new(Roles.Assistant, "b")]) { Origin = new RowOrigin("a.jsonl", 2) });
        var finding = checker.Report().Findings.Single(finding => finding.Code == "left_out_by_template");
        (finding.Severity, finding.Count, finding.Text, finding.First[0].ToString()).ShouldBe((FindingSeverity.Warning, 1, "1 rows have the system turn, which the chat template leaves out", "a.jsonl:2"));
    }

    [SharedTheory("tokenizers/qwen2.5")]
    [InlineData("{% for m in messages %}<|im_start|>{{ m.role }}\n{% generation %}{{ m.content }}<|im_end|>{% endgeneration %}\n{% endfor %}", "q", "message 1 (user)")]
    [InlineData("{% generation %}{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% endgeneration %}", "q", "message 1 (user)")]
    [InlineData("{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.role == 'user' %}{{ m.content }}{% else %}{% generation %}{{ messages[0].content }}{{ m.content }}{% endgeneration %}{% endif %}<|im_end|>\n{% endfor %}", "q", "message 1 (user)")]
    public void A_block_around_what_is_not_the_assistants_is_an_error(string template, string text, string message)
    {
        var error = Should.Throw<MedicalGptException>(() => Encoder(template).EncodeConversation(new Conversation([new(Roles.User, "q"), new(Roles.Assistant, "a")]) { Origin = new RowOrigin("a.jsonl", 3) }));
        error.Message.ShouldBe("The chat template marks as generated what the assistant did not say, or what is not to be learned.");
        error.Place.ShouldBe("a.jsonl:3");
        error.Given!.ShouldContain("{% generation %} block around \"" + text);
        error.Given!.ShouldContain($"of {message}");
    }

    [SharedFact("tokenizers/qwen2.5")]
    public void A_block_around_a_learned_turn_and_one_that_is_not_is_an_error()
    {
        var encoder = Encoder("{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}{% endif %}{% endfor %}{% generation %}{% for m in messages %}{% if m.role == 'assistant' %}{{ m.content }}{% endif %}{% endfor %}{% endgeneration %}<|im_end|>");
        Message[] turns = [new(Roles.User, "q"), new(Roles.Assistant, "a"), new(Roles.Assistant, "b")];
        encoder.EncodeConversation(new Conversation(turns)).Assistant.ShouldContain(true);
        Should.Throw<MedicalGptException>(() => encoder.EncodeConversation(new Conversation([turns[0], turns[1], turns[2] with { Learn = false }]))).Given!.ShouldContain("of message 3 (assistant)");
    }

    // A template that writes the question otherwise once the answer is there: no choice of turns helps the only answer.
    [SharedFact("tokenizers/qwen2.5")]
    public void The_last_answer_is_not_recommended_where_it_is_the_last_answer_that_fails()
    {
        var encoder = Encoder("{% for m in messages %}{% if add_generation_prompt %}!{% endif %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}");
        Should.Throw<MedicalGptException>(() => encoder.EncodeConversation(new Conversation([new(Roles.User, "q"), new(Roles.Assistant, "a")]))).Remedy
            .ShouldBe("set the template's variables so that both agree (--template_kwargs), or name another template (--template_name)");
    }

    private static IReadOnlyList<string> Taken(ExampleEncoder encoder) => ((ITemplateOmissions)encoder).TakeOmissions();

    private ExampleEncoder Encoder(string template) => new(qwen.Tokenizer, new JinjaChatTemplate(template, "test"), QwenTokenizer.Directory);
}
