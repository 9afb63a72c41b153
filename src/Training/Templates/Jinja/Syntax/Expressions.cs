using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>A literal.</summary>
internal sealed record Constant(Value Value, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Value;
}

/// <summary>A variable.</summary>
internal sealed record Name(string Text, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => frame.Get(Text);
}

/// <summary>A list or tuple.</summary>
internal sealed record ListLiteral(IReadOnlyList<Expression> Items, bool IsTuple, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame)
    {
        frame.Context.Meter.MakeItems(Items.Count);
        return new ListValue([.. Items.Select(i => i.Evaluate(frame))], IsTuple);
    }
}

/// <summary>A dictionary.</summary>
internal sealed record DictLiteral(IReadOnlyList<KeyValuePair<Expression, Expression>> Entries, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame)
    {
        frame.Context.Meter.MakeItems(Entries.Count * 2);
        var entries = DictValue.NewEntries();
        foreach (var (key, value) in Entries)
        {
            var name = key.Evaluate(frame);
            frame.Context.Meter.Compare(name);
            entries[name] = value.Evaluate(frame);
        }

        return new DictValue(entries);
    }
}

/// <summary><c>a if b else c</c>.</summary>
internal sealed record Conditional(Expression Test, Expression Then, Expression? Else, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Test.Evaluate(frame).IsTrue
        ? Then.Evaluate(frame)
        : Else?.Evaluate(frame) ?? new UndefinedValue("the inline if-expression evaluated to false and no else section was defined.");
}

/// <summary><c>and</c>, <c>or</c>: the value of the side that decides.</summary>
internal sealed record Logic(Expression Left, Expression Right, bool IsAnd, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame)
    {
        var left = Left.Evaluate(frame);
        return left.IsTrue == IsAnd ? Right.Evaluate(frame) : left;
    }
}

/// <summary><c>not</c>.</summary>
internal sealed record Negation(Expression Operand, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Value.Of(!Operand.Evaluate(frame).IsTrue);
}

/// <summary>A sign before a number.</summary>
internal sealed record Sign(Expression Operand, bool Negative, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Arithmetic.Sign(Operand.Evaluate(frame), Negative);
}

/// <summary>An operator between two values.</summary>
internal sealed record Binary(string Operator, Expression Left, Expression Right, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Arithmetic.Apply(Operator, Left.Evaluate(frame), Right.Evaluate(frame), frame.Context);
}

/// <summary><c>a ~ b ~ c</c>.</summary>
internal sealed record Concatenation(IReadOnlyList<Expression> Parts, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame)
    {
        var output = new MarkedBuilder(frame.Context);
        foreach (var part in Parts)
            output.Append(frame.Context.Text(part.Evaluate(frame)));
        return output.ToValue();
    }
}

/// <summary><c>a &lt; b &lt;= c</c>, <c>in</c>: true where every neighbouring pair is.</summary>
internal sealed record Comparison(Expression First, IReadOnlyList<KeyValuePair<string, Expression>> Others, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame)
    {
        var left = First.Evaluate(frame);
        foreach (var (sign, expression) in Others)
        {
            var right = expression.Evaluate(frame);
            if (!Ordering.Holds(sign, left, right, frame.Context))
                return BoolValue.False;
            left = right;
        }

        return BoolValue.True;
    }
}

/// <summary><c>a.b</c>.</summary>
internal sealed record Attribute(Expression Target, string Member, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Members.Attribute(Target.Evaluate(frame), Member, frame.Context);
}

/// <summary><c>a[b]</c>.</summary>
internal sealed record Subscript(Expression Target, Expression Key, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Members.Element(Target.Evaluate(frame), Key.Evaluate(frame), frame.Context);
}

/// <summary><c>a[b:c:d]</c>.</summary>
internal sealed record Slice(Expression Target, Expression? Start, Expression? Stop, Expression? Step, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Slicing.Take(Target.Evaluate(frame), Start?.Evaluate(frame), Stop?.Evaluate(frame), Step?.Evaluate(frame), frame.Context);
}

/// <summary>A call.</summary>
internal sealed record Call(Expression Function, Arguments Arguments, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Invoke(Function.Evaluate(frame), Arguments.Evaluate(frame), frame.Context);

    /// <summary>Calls a value.</summary>
    public static Value Invoke(Value function, CallArguments arguments, RenderContext context) => function switch
    {
        FunctionValue callable => callable.Call(arguments, context),
        LoopValue loop => loop.Again(arguments.Bind("loop", 1, "iterable")[0]!),
        UndefinedValue undefined => throw undefined.Used(),
        _ => throw JinjaException.Type($"'{function.TypeName}' object is not callable"),
    };
}

/// <summary><c>a | f(b)</c>; without a target in filter blocks and block assignments, where the text is handed in.</summary>
internal sealed record FilterCall(Expression Target, string Filter, Arguments Arguments, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Filters.Apply(Filter, Target.Evaluate(frame), Arguments.Evaluate(frame), frame.Context);
}

/// <summary><c>a is t(b)</c>.</summary>
internal sealed record TestCall(Expression Target, string Test, Arguments Arguments, int Line) : Expression(Line)
{
    protected override Value Compute(Frame frame) => Value.Of(Tests.Apply(Test, Target.Evaluate(frame), Arguments.Evaluate(frame), frame.Context));
}
