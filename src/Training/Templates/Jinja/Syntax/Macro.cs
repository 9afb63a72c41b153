using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary><c>macro m(a, b=1)</c> … <c>endmacro</c>. It sees the scope it stands in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Names with their default values; null = none.</param>
/// <param name="Body">What it writes.</param>
/// <param name="TakesMore">Whether it reads <c>varargs</c>.</param>
/// <param name="TakesNames">Whether it reads <c>kwargs</c>.</param>
/// <param name="Line">Its line.</param>
internal sealed record Macro(string Name, IReadOnlyList<KeyValuePair<string, Expression?>> Parameters, IReadOnlyList<Statement> Body, bool TakesMore, bool TakesNames, int Line) : Statement(Line)
{
    /// <summary>The macro as a value of a scope.</summary>
    public FunctionValue ToValue(Frame scope)
    {
        var macro = new FunctionValue(Name, (arguments, context) => Invoke(arguments, scope, context), "Macro");
        macro.Attributes["name"] = new StringValue(Name);
        return macro;
    }

    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        frame.Set(Name, ToValue(frame));
        return Flow.Next;
    }

    private StringValue Invoke(CallArguments arguments, Frame scope, RenderContext context)
    {
        context.Meter.Enter();
        var frame = scope.Inner();
        Bind(arguments, frame);
        var result = Capture(Body, frame);
        context.Meter.Leave();
        return result;
    }

    private void Bind(CallArguments arguments, Frame frame)
    {
        if (arguments.Positional.Count > Parameters.Count && !TakesMore)
            throw JinjaException.Type($"macro '{Name}' takes not more than {Parameters.Count} argument(s)");
        var named = new Dictionary<string, Value>(arguments.Named, StringComparer.Ordinal);
        for (var i = 0; i < Parameters.Count; i++)
        {
            var (name, fallback) = Parameters[i];
            var given = named.Remove(name, out var value);
            if (i < arguments.Positional.Count)
            {
                if (given)
                    throw JinjaException.Type($"macro '{Name}' got multiple values for argument '{name}'");
                value = arguments.Positional[i];
            }

            frame.Set(name, value ?? fallback?.Evaluate(frame) ?? new UndefinedValue($"parameter '{name}' was not provided"));
        }

        if (named.Remove("caller", out var caller))
            frame.Set("caller", caller);
        if (TakesMore)
            frame.Set("varargs", new ListValue([.. arguments.Positional.Skip(Parameters.Count)], isTuple: true));
        if (TakesNames)
            frame.Set("kwargs", Library.Globals.Dictionary(named));
        else if (named.Count > 0)
            throw JinjaException.Type($"macro '{Name}' takes no keyword argument '{named.Keys.First()}'");
    }
}
