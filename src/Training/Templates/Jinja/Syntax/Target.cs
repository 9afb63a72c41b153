using MedicalGpt.Training.Templates.Jinja.Library;
using MedicalGpt.Training.Templates.Jinja.Values;

namespace MedicalGpt.Training.Templates.Jinja.Syntax;

/// <summary>Where an assignment goes.</summary>
internal abstract record Target
{
    /// <summary>Assigns.</summary>
    public abstract void Set(Frame frame, Value value);
}

/// <summary>A variable.</summary>
internal sealed record NameTarget(string Name) : Target
{
    public override void Set(Frame frame, Value value) => frame.Set(Name, value);
}

/// <summary>An attribute of a namespace.</summary>
internal sealed record NamespaceTarget(string Name, string Attribute) : Target
{
    public override void Set(Frame frame, Value value)
    {
        if (frame.Get(Name) is not NamespaceValue names)
            throw new JinjaException("TemplateRuntimeError", "cannot assign attribute on non-namespace object");
        frame.Context.Meter.MakeItems(1);
        names.Attributes[Attribute] = value;
    }
}

/// <summary>Several targets for the items of one value.</summary>
internal sealed record TupleTarget(IReadOnlyList<Target> Targets) : Target
{
    public override void Set(Frame frame, Value value)
    {
        var items = Sequences.Items(value, frame.Context, unpacking: true);
        if (items.Count != Targets.Count)
            throw JinjaException.Value(items.Count > Targets.Count ? $"too many values to unpack (expected {Targets.Count})" : $"not enough values to unpack (expected {Targets.Count}, got {items.Count})");
        for (var i = 0; i < items.Count; i++)
            Targets[i].Set(frame, items[i]);
    }
}
