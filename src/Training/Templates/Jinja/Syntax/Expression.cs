using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>A part of a template that has a value.</summary>
/// <param name="Line">Its line, from 1.</param>
internal abstract record Expression(int Line)
{
    /// <summary>Its value.</summary>
    public Value Evaluate(Frame frame)
    {
        frame.Context.Meter.Step();
        try
        {
            return Compute(frame);
        }
        catch (JinjaException e) when (e.Line == 0)
        {
            e.Line = Line;
            throw;
        }
    }

    /// <summary>Computes the value.</summary>
    protected abstract Value Compute(Frame frame);
}
