namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>A value of a template: it has the behaviour of the Python value of the same name.</summary>
internal abstract class Value
{
    /// <summary>Python's name of the type.</summary>
    public abstract string TypeName { get; }

    /// <summary>Whether a condition takes it for true.</summary>
    public virtual bool IsTrue => true;

    /// <summary>True or false as a value.</summary>
    public static Value Of(bool value) => value ? BoolValue.True : BoolValue.False;
}
