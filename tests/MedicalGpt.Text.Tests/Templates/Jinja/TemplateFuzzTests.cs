using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MedicalGpt.Training.Templates.Jinja;
using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Text.Tests.Templates.Jinja;

/// <summary>A damaged or hostile template gives a result or an error: never another exception, a hang or a flood of memory.</summary>
public sealed class TemplateFuzzTests
{
    private const long MaxBytes = 512L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly string[] Parts =
    [
        "{%", "%}", "{{", "}}", "{#", "#}", "-", "+", "for x in ", "endfor", "if ", "endif", "set x = ", "x", "messages", "loop.", "|tojson", "|join", "(", ")", "[", "]", "{", "}", "*", "**", "9999999999", "'a'", "~", "range(99999)",
        "{% for i in range(99999) %}", "{% endfor %}", "{% macro m(a) %}", "{{ m(a) }}", "{% endmacro %}", "{% generation %}", "{% endgeneration %}", "|indent(99999)", "* 99999", "{% set ns = namespace(a='') %}", "{% set ns.a = ns.a + ns.a %}", "[::-1]", "\\", "\ud800",
    ];

    [Fact]
    public void Two_thousand_mutations() => Mutate(2000, 20261125);

    [Fact]
    [Trait("Category", "Long")]
    public void Thirty_thousand_mutations() => Mutate(30_000, 1125);

    [Theory]
    [InlineData("{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}")]
    [InlineData("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}")]
    [InlineData("{{ 'x' * 999999999 }}")]
    [InlineData("{{ [1] * 999999999 }}")]
    [InlineData("{{ 'x' | center(999999999) }}")]
    [InlineData("{{ '%999999999d' % 1 }}")]
    [InlineData("{{ '%.99999999f' % 1 }}")]
    [InlineData("{{ '{:999999999}'.format(1) }}")]
    [InlineData("{{ 10 ** 999999 }}")]
    [InlineData("{{ 2 ** 2 ** 99 ** 9 }}")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}")]
    [InlineData("{% set ns = namespace(x='a') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for i in range(99999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for i in range(99999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x == [ns.x] }}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|tojson }}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{% set a = ns.x %}{% set ns.x=[1] %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ a == ns.x }}")]
    [InlineData("{% set ns = namespace(x=(1,)) %}{% for i in range(99) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}")]
    [InlineData("{% set s = 'a' * 999999 %}{{ (s ~ 'b') in (s * 9) }}")]
    [InlineData("{{ range(99999)|map('string')|join|list|sort|tojson(indent=900) }}")]
    [InlineData("{{ ('a,' * 999999).split(',')|length }}")]
    [InlineData("{{ range(99999)|batch(99999, 'x' * 9999)|list|string|length }}")]
    [InlineData("{{ (range(99999)|list) in [range(99999)|list] * 99999 }}")]
    [InlineData("{{ ((((range(9999)|list) * 99)|unique)|list)|length }}")]
    [InlineData("{{ 'a'|replace('', 'x' * 99999)|replace('x', 'y' * 99999) }}")]
    public void Hostile_templates_end_soon(string template) => Run(template, new JsonElement());

    [Fact]
    public void Nested_syntax_ends_with_an_error()
    {
        foreach (var (open, close) in new[] { ("(", ")"), ("[", "]"), ("{1:", "}"), ("not ", ""), ("-", ""), ("a if b else ", ""), ("1 + ", ""), ("a.b", "") })
            Run("{{ " + string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000)) + " }}", default).ShouldBeFalse();
        Run(string.Concat(Enumerable.Repeat("{% if 1 %}", 50_000)), default).ShouldBeFalse();
        Run("{{ 1" + string.Concat(Enumerable.Repeat("|string", 50_000)) + " }}", default).ShouldBeFalse();
    }

    private static void Mutate(int count, int seed)
    {
        var random = new Random(seed);
        var seeds = Seeds();
        var messages = JsonSerializer.Deserialize<JsonElement>("""[{"role":"system","content":"s"},{"role":"user","content":"q <b> 答"},{"role":"assistant","content":"<think>\nr\n</think>\na","tool_calls":[{"id":"abcdef123","type":"function","function":{"name":"f","arguments":{"a":[1,null,2.5]}}}]},{"role":"tool","content":"{}","tool_call_id":"abcdef123"}]""");
        var outcomes = new Dictionary<bool, int>();
        for (var i = 0; i < count; i++)
        {
            var template = new StringBuilder(seeds[random.Next(seeds.Count)]);
            for (var edits = random.Next(1, 6); edits > 0 && template.Length > 0; edits--)
                Edit(template, random);
            var outcome = Run(template.ToString(), messages);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        outcomes.Count.ShouldBe(2);
    }

    private static void Edit(StringBuilder template, Random random)
    {
        var at = random.Next(template.Length);
        var length = Math.Min(random.Next(1, 12), template.Length - at);
        switch (random.Next(4))
        {
            case 0:
                template.Remove(at, length);
                break;
            case 1:
                template.Insert(at, Parts[random.Next(Parts.Length)]);
                break;
            case 2:
                template.Remove(at, length).Insert(at, Parts[random.Next(Parts.Length)]);
                break;
            default:
                template.Insert(random.Next(template.Length), template.ToString(at, Math.Min(random.Next(1, 200), template.Length - at)));
                break;
        }
    }

    // True = rendered, false = refused. On a busy machine the first try may wait for others, so the best of five counts.
    private static bool Run(string template, JsonElement messages)
    {
        var shown = template[..Math.Min(200, template.Length)];
        for (var tries = 1; ; tries++)
        {
            var watch = Stopwatch.StartNew();
            var rendered = Render(template, messages);
            if (watch.Elapsed < Patience)
                return rendered;
            tries.ShouldBeLessThan(5, $"{watch.Elapsed}: {shown}");
        }
    }

    private static bool Render(string template, JsonElement messages)
    {
        try
        {
            JinjaTemplate.Parse(template).Render([new("messages", messages.ValueKind == JsonValueKind.Array ? JsonValues.Of(messages, 0) : NoneValue.Instance), new("tools", NoneValue.Instance), new("add_generation_prompt", BoolValue.True)]);
            return true;
        }
        catch (JinjaException e)
        {
            e.Message.ShouldNotBeEmpty();
            return false;
        }
        finally
        {
            GC.GetTotalMemory(forceFullCollection: false).ShouldBeLessThan(MaxBytes, template[..Math.Min(200, template.Length)]);
        }
    }

    private static List<string> Seeds()
    {
        var folder = SharedFiles.Find("tokenizers/chat_templates");
        var published = folder is null ? [] : Directory.EnumerateFiles(folder, "*.jinja", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText);
        return [.. published, .. Training.Templates.Named.DialogueShapes.All.Select(s => Training.Templates.Named.ShapeTemplate.Write(s, null))];
    }
}
