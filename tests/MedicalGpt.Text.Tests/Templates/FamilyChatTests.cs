using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Training.Templates;
using MedicalGpt.Training.Templates.Jinja.Values;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Text.Tests.Templates;

/// <summary>The conversations of every family's folder against what transformers rendered with its tokenizer_config.json.</summary>
public sealed class FamilyChatTests
{
    [SharedTheory("tokenizers")]
    [InlineData("llama3.1", 28, 2)]
    [InlineData("minimind", 30, 0)]
    [InlineData("mistral-v0.3", 28, 2)]
    [InlineData("phi-3-mini", 30, 0)]
    [InlineData("qwen2.5", 30, 0)]
    [InlineData("qwen3", 38, 0)]
    public void Renderings_are_the_reference_ones(string family, int renderings, int errors)
    {
        var (found, failed) = (0, 0);
        foreach (var (vector, conversation) in Conversations(family))
        {
            var template = Template(family, vector);
            foreach (var (key, prompt) in new[] { ("without_generation_prompt", false), ("with_generation_prompt", true) })
            {
                var expected = vector.GetProperty(key);
                if (expected.TryGetProperty("error", out var error))
                {
                    var thrown = Should.Throw<MedicalGptException>(() => template.Render(conversation.Messages, conversation.ToolsJson, prompt));
                    $"TemplateError: {thrown.Message["The chat template refuses the dialogue: ".Length..]}".ShouldBe(error.GetString());
                    thrown.Place.ShouldNotBeNull().ShouldMatch("tokenizer_config.json, line [1-9]");
                    failed++;
                    continue;
                }

                template.Render(conversation.Messages, conversation.ToolsJson, prompt).Text.ShouldBe(expected.GetProperty("text").GetString(), $"{vector.GetProperty("name")} {key}");
                found++;
            }
        }

        found.ShouldBe(renderings);
        failed.ShouldBe(errors);
    }

    internal static IEnumerable<(JsonElement Vector, Conversation Conversation)> Conversations(string family)
    {
        var vectors = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Find($"tokenizers/{family}/vectors.json")!)).RootElement;
        var conversations = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Find("tokenizers/conversations.json")!)).RootElement;
        foreach (var (input, output) in new[] { ("conversations", "chat"), ("tool_conversations", "chat_tools") })
            foreach (var vector in vectors.GetProperty(output).EnumerateArray())
                yield return (vector, Read(conversations.GetProperty(input).EnumerateArray().Single(c => c.GetProperty("name").GetString() == vector.GetProperty("name").GetString())));
    }

    internal static Conversation Read(JsonElement conversation)
    {
        var messages = conversation.GetProperty("messages").EnumerateArray().Select(m => new Message(m.GetProperty("role").GetString()!, m.GetProperty("content").GetString() ?? "")
        {
            ToolCallsJson = m.TryGetProperty("tool_calls", out var calls) ? calls.GetRawText() : null,
            ToolCallId = m.TryGetProperty("tool_call_id", out var id) ? id.GetString() : null,
            Name = m.TryGetProperty("name", out var name) ? name.GetString() : null,
        });
        return new Conversation([.. messages]) { ToolsJson = conversation.TryGetProperty("tools", out var tools) ? tools.GetRawText() : null };
    }

    private static JinjaChatTemplate Template(string family, JsonElement vector)
    {
        const string Name = "tokenizer_config.json";
        var path = SharedFiles.Find($"tokenizers/{family}/{Name}")!;
        var config = TokenizerConfig.Read(new Dictionary<string, byte[]> { [Name] = File.ReadAllBytes(path) }, Path.GetDirectoryName(path)!);
        var variables = config.SpecialTokens.Select(t => KeyValuePair.Create(t.Key, (Value)new StringValue(t.Value))).ToList();
        if (vector.TryGetProperty("options", out var options))
            variables.AddRange(options.EnumerateObject().Select(o => KeyValuePair.Create(o.Name, Value.Of(o.Value.GetBoolean()))));
        return new JinjaChatTemplate(config.ChatTemplate!, null, config.ChatTemplateSource, variables);
    }
}
