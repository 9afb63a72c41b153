using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>What follows a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>A part of a template that writes or does something.</summary>
/// <param name="Line">Its line, from 1.</param>
internal abstract record Statement(int Line)
{
    /// <summary>Does it.</summary>
    public Flow Execute(Frame frame, MarkedBuilder output)
    {
        frame.Context.Meter.Step();
        try
        {
            return Run(frame, output);
        }
        catch (JinjaException e) when (e.Line == 0)
        {
            e.Line = Line;
            throw;
        }
    }

    /// <summary>Does it.</summary>
    protected abstract Flow Run(Frame frame, MarkedBuilder output);

    /// <summary>Does several in order.</summary>
    protected static Flow RunAll(IReadOnlyList<Statement> statements, Frame frame, MarkedBuilder output)
    {
        foreach (var statement in statements)
            if (statement.Execute(frame, output) is not Flow.Next and var flow)
                return flow;
        return Flow.Next;
    }

    /// <summary>What statements write, as a value.</summary>
    protected static StringValue Capture(IReadOnlyList<Statement> statements, Frame frame)
    {
        var output = new MarkedBuilder(frame.Context);
        RunAll(statements, frame, output);
        return output.ToValue();
    }
}
