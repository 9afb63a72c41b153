using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja;

/// <summary>A scope: its own variables, then those around it. Assignments stay in the scope they are made in.</summary>
internal sealed class Frame(RenderContext context, Frame? parent)
{
    private readonly Dictionary<string, Value> _variables = new(StringComparer.Ordinal);

    /// <summary>The rendering.</summary>
    public RenderContext Context { get; } = context;

    /// <summary>A scope within this one.</summary>
    public Frame Inner() => new(Context, this);

    /// <summary>Sets a variable of this scope.</summary>
    public void Set(string name, Value value) => _variables[name] = value;

    /// <summary>A variable; undefined where no scope has it.</summary>
    public Value Get(string name)
    {
        for (var frame = this; frame is not null; frame = frame.Outer)
            if (frame._variables.TryGetValue(name, out var value))
                return value;
        return UndefinedValue.Name(name);
    }

    private Frame? Outer { get; } = parent;
}
