namespace MedicalGpt.Options;

/// <summary>The only texts that a text option, or every item of a list of texts, may have.</summary>
/// <param name="values">The allowed texts.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AllowedValuesAttribute(params string[] values) : Attribute
{
    /// <summary>The allowed texts.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}
