using System.Globalization;
using System.Text;
using System.Text.Json;
using MedicalGpt.Training.Templates.Jinja;
using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;
using Xunit.Abstractions;

namespace MedicalGpt.Text.Tests.Templates.Jinja;

/// <summary>Every published template against what transformers rendered, refused and marked as generated.</summary>
public sealed class VectorTests(ITestOutputHelper output)
{
    [SharedFact("tokenizers/chat_templates")]
    public void Renderings_errors_and_generation_spans_are_the_reference_ones()
    {
        var root = SharedFiles.Find("tokenizers/chat_templates")!;
        var conversations = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Find("tokenizers/conversations.json")!)).RootElement;
        var (cases, spans, wrong) = (0, 0, new List<string>());
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "vectors"), "*.json").Order(StringComparer.Ordinal))
        {
            var vector = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
            var template = JinjaTemplate.Parse(File.ReadAllText(Path.Combine(root, vector.GetProperty("template").GetString()!)));
            var time = new FixedTime(DateTime.Parse(vector.GetProperty("now").GetString()!, CultureInfo.InvariantCulture));
            foreach (var item in vector.GetProperty("cases").EnumerateArray())
            {
                cases++;
                var expected = item.TryGetProperty("error", out var error) ? error.GetString()! : item.GetProperty("text").GetString()!;
                var given = Render(template, Variables(vector, item, conversations), time, out var text);
                var name = $"{Path.GetFileName(path)} {item.GetProperty("conversation").GetString()} {item.GetProperty("add_generation_prompt").GetBoolean()}";
                if (given != expected)
                    wrong.Add($"{name}:\n  given    {Short(given, expected)}\n  expected {Short(expected, given)}");
                else if (item.TryGetProperty("generation_char_spans", out var marked) && text is not null)
                    spans += CheckSpans(text, marked, name, wrong);
            }
        }

        output.WriteLine($"{cases} cases, {spans} spans, {wrong.Count} wrong");
        wrong.Take(40).ToList().ForEach(output.WriteLine);
        wrong.ShouldBeEmpty();
        cases.ShouldBe(4710);
        spans.ShouldBeGreaterThan(500);
    }

    private static int CheckSpans(StringValue text, JsonElement marked, string name, List<string> wrong)
    {
        var expected = marked.EnumerateArray().Select(s => $"{s[0].GetInt32()}-{s[1].GetInt32()}").ToList();
        var given = text.Marks.Where(m => m.Source == Mark.Generated).Select(m => $"{TextIndex.Point(text.Text, m.Start)}-{TextIndex.Point(text.Text, m.End)}").ToList();
        if (!given.SequenceEqual(expected))
            wrong.Add($"{name}: spans {string.Join(' ', given)}, expected {string.Join(' ', expected)}");
        return expected.Count;
    }

    private static string Render(JinjaTemplate template, Dictionary<string, Value> variables, TimeProvider time, out StringValue? text)
    {
        try
        {
            text = template.Render(variables, time);
            return text.Text;
        }
        catch (JinjaException e)
        {
            text = null;
            e.Line.ShouldBeGreaterThan(0);
            return $"{e.Kind}: {e.Message}";
        }
    }

    private static Dictionary<string, Value> Variables(JsonElement vector, JsonElement item, JsonElement conversations)
    {
        var tools = item.GetProperty("tools").GetBoolean();
        var conversation = conversations.GetProperty(tools ? "tool_conversations" : "conversations").EnumerateArray().Single(c => c.GetProperty("name").GetString() == item.GetProperty("conversation").GetString());
        var variables = vector.GetProperty("variables").EnumerateObject().ToDictionary(p => p.Name, p => JsonValues.Of(p.Value, null));
        variables["messages"] = JsonValues.Of(conversation.GetProperty("messages"), 0);
        variables["tools"] = conversation.TryGetProperty("tools", out var schemas) ? JsonValues.Of(schemas, Mark.Data) : NoneValue.Instance;
        variables["documents"] = NoneValue.Instance;
        variables["add_generation_prompt"] = Value.Of(item.GetProperty("add_generation_prompt").GetBoolean());
        return variables;
    }

    private static string Short(string text, string other)
    {
        var at = text.AsSpan().CommonPrefixLength(other);
        var start = Math.Max(0, at - 40);
        return new StringBuilder($"@{at} …").Append(text.AsSpan(start, Math.Min(120, text.Length - start))).Replace("\n", "\\n").ToString();
    }

    private sealed class FixedTime(DateTime now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(DateTime.SpecifyKind(now, DateTimeKind.Utc));
    }
}
