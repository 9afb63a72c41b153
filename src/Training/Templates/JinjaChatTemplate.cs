using MedicalGpt.Data;
using MedicalGpt.Training.Templates.Jinja;
using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;
using MedicalGpt.Training.Tokenization;

namespace MedicalGpt.Training.Templates;

/// <summary>A chat template in Jinja, run as transformers runs it: it sees the messages, the tools, <c>add_generation_prompt</c>, the tokenizer's special tokens and the variables of <c>--template_kwargs</c>.</summary>
public sealed class JinjaChatTemplate : IChatTemplate
{
    private readonly JinjaTemplate _default;
    private readonly JinjaTemplate? _tools;
    private readonly string? _toolsText;
    private readonly IReadOnlyList<KeyValuePair<string, Value>> _variables;

    /// <summary>Reads a template.</summary>
    /// <param name="text">Jinja.</param>
    /// <param name="source">Where it was read, for errors.</param>
    /// <exception cref="MedicalGptException">The text is no template.</exception>
    public JinjaChatTemplate(string text, string source)
        : this(text, null, source, [])
    {
    }

    internal JinjaChatTemplate(string text, string? toolsText, string source, IEnumerable<KeyValuePair<string, Value>> variables)
    {
        Source = source;
        Text = text;
        _default = Parse(text);
        _toolsText = toolsText;
        _tools = toolsText is null ? null : Parse(toolsText);
        _variables = [.. variables];
    }

    /// <inheritdoc/>
    public string Source { get; }

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>What the clock gives to its texts: two equal values mean that it writes the same dates; "" = it does not ask for the time. A format that is no plain text is taken for one that never gives the same.</summary>
    /// <param name="time">The clock.</param>
    public string TimeKey(TimeProvider time) => string.Join('\n', new[] { Text, _toolsText }.OfType<string>().SelectMany(text => TimeFormats.In(text)).Distinct(StringComparer.Ordinal).Select(format => TimeFormats.Now(format, time)));

    /// <inheritdoc/>
    public RenderedChat Render(IReadOnlyList<Message> messages, string? toolsJson, bool addGenerationPrompt)
    {
        try
        {
            var tools = MessageValues.Data(toolsJson, "tools");
            if (tools is not (NoneValue or ListValue))
                throw new MedicalGptException("The tools of a dialogue are no list.") { Given = toolsJson!.Length > 80 ? toolsJson[..80] + "…" : toolsJson, Allowed = "a JSON array of tool schemas" };
            if (!tools.IsTrue)
                tools = NoneValue.Instance;
            var variables = new Dictionary<string, Value>(StringComparer.Ordinal)
            {
                ["messages"] = MessageValues.Of(messages),
                ["tools"] = tools,
                ["documents"] = NoneValue.Instance,
                ["add_generation_prompt"] = Value.Of(addGenerationPrompt),
            };
            foreach (var (name, value) in _variables)
                variables[name] = value;
            var text = (tools.IsTrue ? _tools ?? _default : _default).Render(variables);
            return new RenderedChat(
                text.Text,
                [.. text.Marks.Where(m => m.IsContent).Select(m => new ContentRange(m.Start, m.End, m.Source))],
                [.. text.Marks.Where(m => !m.IsContent).Select(m => new TextRange(m.Start, m.End)).Where(m => m.Length > 0)]);
        }
        catch (JinjaException e)
        {
            throw Failed(e);
        }
    }

    private JinjaTemplate Parse(string text)
    {
        try
        {
            return JinjaTemplate.Parse(text);
        }
        catch (JinjaException e)
        {
            throw new MedicalGptException($"The chat template cannot be read: {e.Message}", e) { Place = $"{Source}, line {e.Line}", Remedy = "mend the template, or name another one with --template_name" };
        }
    }

    private MedicalGptException Failed(JinjaException e) => new(
        e.Kind switch
        {
            "TemplateError" => $"The chat template refuses the dialogue: {e.Message}",
            "LimitError" => $"The chat template was stopped: {e.Message}",
            _ => $"The chat template fails on the dialogue: {e.Kind}: {e.Message}",
        },
        e)
    {
        Place = $"{Source}, line {e.Line}",
        Remedy = "change the row, or name another template with --template_name",
    };
}
