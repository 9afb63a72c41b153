namespace MedicalGpt.Options;

/// <summary>Another default for a key that a record beside this one owns: an algorithm's default for a trainer key.</summary>
/// <param name="key">Key of the other record, in snake_case.</param>
/// <param name="value">A constant: bool, number, text or enum member.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class StageDefaultAttribute(string key, object value) : Attribute
{
    /// <summary>Key of the other record.</summary>
    public string Key { get; } = key;

    /// <summary>The default in this stage.</summary>
    public object Value { get; } = value;
}
