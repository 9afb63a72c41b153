using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Syntax;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja;

/// <summary>
/// A template in Jinja 2, run as transformers runs chat templates: sandboxed, <c>trim_blocks</c> and <c>lstrip_blocks</c> on, loop controls, <c>{% generation %}</c>, <c>tojson</c>, <c>raise_exception</c> and <c>strftime_now</c>.
/// It sees only the values that are handed in. What a rendering may take is bounded. Safe for use from several threads.
/// </summary>
internal sealed class JinjaTemplate
{
    private readonly IReadOnlyList<Statement> _statements;
    private readonly JinjaLimits _limits;

    private JinjaTemplate(IReadOnlyList<Statement> statements, JinjaLimits limits) => (_statements, _limits) = (statements, limits);

    /// <summary>Reads a template.</summary>
    /// <exception cref="JinjaException">Its text is wrong.</exception>
    public static JinjaTemplate Parse(string source, JinjaLimits? limits = null) => new(TemplateParser.Parse(source, limits ?? new JinjaLimits()), limits ?? new JinjaLimits());

    /// <summary>Renders it.</summary>
    /// <param name="variables">What it sees beside the built-in functions.</param>
    /// <param name="time">The clock of <c>strftime_now</c>.</param>
    /// <returns>The text with where its parts came from.</returns>
    /// <exception cref="JinjaException">The template refuses, fails or takes more than it may.</exception>
    public StringValue Render(IEnumerable<KeyValuePair<string, Value>> variables, TimeProvider? time = null)
    {
        var context = new RenderContext(new Meter(_limits), time ?? TimeProvider.System);
        var globals = new Frame(context, null);
        foreach (var (name, value) in Globals.All)
            globals.Set(name, value);
        foreach (var (name, value) in variables)
            globals.Set(name, value);
        var output = new MarkedBuilder(context);
        var frame = globals.Inner();
        foreach (var statement in _statements)
            statement.Execute(frame, output);
        return output.ToValue();
    }
}
