namespace MedicalGpt.Training.Templates.Jinja.Values;

/// <summary>A value of a template: it has the behaviour of the Python value of the same name.</summary>
internal abstract class Value
{
    /// <summary>Python's name of the type.</summary>
    public abstract string TypeName { get; }

    /// <summary>Whether a condition takes it for true.</summary>
    public virtual bool IsTrue => true;

    /// <summary>About how much work it is to look at all of it: 1 for a value, one more for each within it and for every 64 characters.</summary>
    public virtual long Weight => 1;

    /// <summary>The weight of several values together, which is bounded: lists may hold one list many times over.</summary>
    protected static long WeightOf(IEnumerable<Value> values)
    {
        var weight = 1L;
        foreach (var value in values)
            weight += value.Weight;
        return weight <= MaxWeight ? weight : throw JinjaException.Limit($"a list or dictionary has more than {MaxWeight:N0} values within it");
    }

    private const long MaxWeight = 10_000_000;

    /// <summary>True or false as a value.</summary>
    public static Value Of(bool value) => value ? BoolValue.True : BoolValue.False;
}
