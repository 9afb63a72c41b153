using System.Text.Json;
using MedicalGpt.Training.Templates.Jinja;
using MedicalGpt.Training.Templates.Jinja.Library;
using Xunit.Abstractions;

namespace MedicalGpt.Text.Tests.Templates.Jinja;

/// <summary>Expressions, statements and mistakes against what Jinja itself made of them (tests/fixtures/jinja/expressions.json names the version).</summary>
public sealed class ExpressionTests(ITestOutputHelper output)
{
    [Fact]
    public void Results_and_errors_are_those_of_Jinja()
    {
        var fixture = JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path("jinja/expressions.json"))).RootElement;
        var data = fixture.GetProperty("data").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, JsonValues.Of(p.Value, null))).ToList();
        var wrong = new List<string>();
        foreach (var item in fixture.GetProperty("cases").EnumerateArray())
        {
            var template = item.GetProperty("template").GetString()!;
            var expected = item.TryGetProperty("text", out var text) ? text.GetString()! : Error(item.GetProperty("error").GetString()!, item.GetProperty("message").GetString()!);
            string given;
            try
            {
                given = JinjaTemplate.Parse(template).Render(data).Text;
            }
            catch (JinjaException e)
            {
                given = Error(e.Kind, e.Message);
            }

            if (given != expected)
                wrong.Add($"{template}\n  given    {given}\n  expected {expected}");
        }

        wrong.ForEach(output.WriteLine);
        wrong.ShouldBeEmpty();
    }

    // Words of syntax errors are our own; unknown filters and tests are found when the template is read there, when it runs here.
    private static string Error(string kind, string message) => kind switch
    {
        "TemplateSyntaxError" or "SyntaxError" => "error: syntax",
        "TemplateAssertionError" => "error: TemplateRuntimeError",
        "TemplateRuntimeError" => "error: TemplateRuntimeError",
        _ => $"error: {kind}: {message}",
    };
}
