namespace MedicalGpt.Options;

/// <summary>Other names that people use for an option, in snake_case; the kebab form is accepted too.</summary>
/// <param name="names">The other names.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class AliasAttribute(params string[] names) : Attribute
{
    /// <summary>The other names.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
