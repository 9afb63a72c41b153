namespace MedicalGpt.Options;

/// <summary>Overrides the key that the naming rule gives to a property or an enum member: <c>LoadIn4Bit</c> as <c>load_in_4bit</c>.</summary>
/// <param name="name">The key, in snake_case.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class OptionNameAttribute(string name) : Attribute
{
    /// <summary>The key, in snake_case.</summary>
    public string Name { get; } = name;
}
