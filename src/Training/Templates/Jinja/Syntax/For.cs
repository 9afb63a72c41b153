using System.Numerics;
using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary><c>for a in b if c</c> … <c>else</c> … <c>endfor</c>. Every round has a scope of its own.</summary>
internal sealed record For(Target Target, Expression Items, Expression? Test, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else, bool IsRecursive, int Line) : Statement(Line)
{
    protected override Flow Run(Frame frame, MarkedBuilder output)
    {
        Loop(Items.Evaluate(frame), frame, output, 0);
        return Flow.Next;
    }

    private void Loop(Value iterated, Frame frame, MarkedBuilder output, int depth)
    {
        var items = Sequences.Items(iterated, frame.Context);
        if (Test is not null)
            items = [.. items.Where(item => Passes(item, frame))];
        if (items.Count == 0)
        {
            RunAll(Else, frame.Inner(), output);
            return;
        }

        var state = new LoopState(items, depth, value => Again(value, frame, depth));
        for (; state.Index < items.Count; state.Index++)
        {
            frame.Context.Meter.Step();
            var round = frame.Inner();
            round.Set("loop", state.Value);
            Target.Set(round, items[state.Index]);
            if (RunAll(Body, round, output) == Flow.Break)
                break;
        }
    }

    private bool Passes(Value item, Frame frame)
    {
        var inner = frame.Inner();
        Target.Set(inner, item);
        return Test!.Evaluate(inner).IsTrue;
    }

    private StringValue Again(Value value, Frame frame, int depth)
    {
        if (!IsRecursive)
            throw JinjaException.Type("The loop must have the 'recursive' marker to be called recursively.");
        frame.Context.Meter.Enter();
        var output = new MarkedBuilder(frame.Context);
        Loop(value, frame, output, depth + 1);
        frame.Context.Meter.Leave();
        return output.ToValue();
    }
}

/// <summary>What <c>loop</c> knows.</summary>
internal sealed class LoopState
{
    private readonly IReadOnlyList<Value> _items;
    private readonly int _depth;
    private Value? _changing;

    public LoopState(IReadOnlyList<Value> items, int depth, Func<Value, StringValue> again)
    {
        (_items, _depth) = (items, depth);
        Value = new LoopValue(this, again);
    }

    /// <summary>The round, from 0.</summary>
    public int Index { get; set; }

    /// <summary>The value <c>loop</c>.</summary>
    public LoopValue Value { get; }

    /// <summary>An attribute; null = there is none.</summary>
    public Value? Attribute(string name) => name switch
    {
        "index" => Number(Index + 1),
        "index0" => Number(Index),
        "revindex" => Number(_items.Count - Index),
        "revindex0" => Number(_items.Count - Index - 1),
        "first" => Values.Value.Of(Index == 0),
        "last" => Values.Value.Of(Index == _items.Count - 1),
        "length" => Number(_items.Count),
        "depth" => Number(_depth + 1),
        "depth0" => Number(_depth),
        "previtem" => Index > 0 ? _items[Index - 1] : new UndefinedValue("there is no previous item"),
        "nextitem" => Index + 1 < _items.Count ? _items[Index + 1] : new UndefinedValue("there is no next item"),
        "cycle" => new FunctionValue("cycle", (arguments, _) => Cycle(arguments.Positional), "method"),
        "changed" => new FunctionValue("changed", (arguments, context) => Changed(new ListValue(arguments.Positional, isTuple: true), context), "method"),
        _ => null,
    };

    private Value Cycle(IReadOnlyList<Value> values) => values.Count > 0 ? values[Index % values.Count] : throw JinjaException.Type("no items for cycling given");

    private Value Changed(Value value, RenderContext context)
    {
        context.Meter.Compare(value);
        var changed = _changing is null || !ValueEquality.Same(_changing, value);
        _changing = value;
        return Values.Value.Of(changed);
    }

    private static IntValue Number(int value) => new(new BigInteger(value));
}

/// <summary>The value <c>loop</c>; called, a recursive loop runs over other items.</summary>
internal sealed class LoopValue(LoopState state, Func<Value, StringValue> again) : Value
{
    public override string TypeName => "LoopContext";

    /// <summary>An attribute; null = there is none.</summary>
    public Value? Attribute(string name) => state.Attribute(name);

    /// <summary>Runs the loop over other items.</summary>
    public StringValue Again(Value items) => again(items);
}
