namespace MedicalGpt.Options;

/// <summary>Marks a <c>sealed partial record</c> as the only source of one component's options; the generator adds <see cref="IOptionsRecord{TSelf}"/>.</summary>
/// <param name="name">Name of the component and section, in snake_case, such as <c>dpo</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OptionsAttribute(string name) : Attribute
{
    /// <summary>Name of the component and section.</summary>
    public string Name { get; } = name;
}
