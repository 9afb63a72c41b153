using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>The template's own text.</summary>
internal sealed record Text(StringValue Value, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        output.Append(Value);
        return Flow.Next;
    }
}

/// <summary><c>{{ a }}</c>.</summary>
internal sealed record Print(Expression Value, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        output.Append(frame.Context.Text(Value.Evaluate(frame)));
        return Flow.Next;
    }
}

/// <summary><c>if</c>, <c>elif</c>, <c>else</c>.</summary>
internal sealed record If(IReadOnlyList<KeyValuePair<Expression, IReadOnlyList<Statement>>> Branches, IReadOnlyList<Statement> Else, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        foreach (var (test, body) in Branches)
            if (test.Evaluate(frame).IsTrue)
                return RunAll(body, frame, output);
        return RunAll(Else, frame, output);
    }
}

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed record Jump(Flow To, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output) => To;
}

/// <summary><c>set a = b</c>.</summary>
internal sealed record Assign(Target Target, Expression Value, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        Target.Set(frame, Value.Evaluate(frame));
        return Flow.Next;
    }
}

/// <summary><c>set a</c> … <c>endset</c>.</summary>
internal sealed record AssignBlock(Target Target, Func<Expression, Expression> Filter, IReadOnlyList<Statement> Body, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        var text = Capture(Body, frame.Inner());
        Target.Set(frame, Filter(new Constant(text, Line)).Evaluate(frame));
        return Flow.Next;
    }
}

/// <summary><c>filter f</c> … <c>endfilter</c>.</summary>
internal sealed record FilterBlock(Func<Expression, Expression> Filter, IReadOnlyList<Statement> Body, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        var text = Capture(Body, frame.Inner());
        output.Append(frame.Context.Text(Filter(new Constant(text, Line)).Evaluate(frame)));
        return Flow.Next;
    }
}

/// <summary><c>with a = b</c> … <c>endwith</c>.</summary>
internal sealed record With(IReadOnlyList<KeyValuePair<Target, Expression>> Values, IReadOnlyList<Statement> Body, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        var inner = frame.Inner();
        var values = Values.Select(v => v.Value.Evaluate(frame)).ToList();
        for (var i = 0; i < values.Count; i++)
            Values[i].Key.Set(inner, values[i]);
        return RunAll(Body, inner, output);
    }
}

/// <summary><c>generation</c> … <c>endgeneration</c>: what the assistant wrote.</summary>
internal sealed record Generation(IReadOnlyList<Statement> Body, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        var start = output.Length;
        RunAll(Body, frame.Inner(), output);
        output.Generated(start);
        return Flow.Next;
    }
}

/// <summary><c>call(a) m(b)</c> … <c>endcall</c>: the macro finds the body under the name <c>caller</c>.</summary>
internal sealed record CallBlock(Macro Caller, Call Call, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        var arguments = Call.Arguments.Evaluate(frame);
        var named = new Dictionary<string, Value>(arguments.Named, StringComparer.Ordinal) { ["caller"] = Caller.ToValue(frame) };
        output.Append(frame.Context.Text(Call.Invoke(Call.Function.Evaluate(frame), arguments with { Named = named }, frame.Context)));
        return Flow.Next;
    }
}
