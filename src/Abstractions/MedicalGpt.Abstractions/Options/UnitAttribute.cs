namespace MedicalGpt.Options;

/// <summary>Unit of an option's value, such as <c>tokens</c> or <c>steps</c>.</summary>
/// <param name="name">The unit.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string name) : Attribute
{
    /// <summary>The unit.</summary>
    public string Name { get; } = name;
}
