namespace MedicalGpt.Plugins;

/// <summary>Marks an interface that plugins implement, and says what its components are called in manifests, messages and lists.</summary>
/// <param name="kind">One of <see cref="ComponentKinds"/>.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ComponentContractAttribute(string kind) : Attribute
{
    /// <summary>Kind of the components.</summary>
    public string Kind { get; } = kind;
}
