namespace MedicalGpt.Plugins;

/// <summary>The components that installed plugins give. Listing loads nothing; getting one loads its plugin.</summary>
public interface IComponentSource
{
    /// <summary>Lists the components of a kind, by name.</summary>
    /// <param name="kind">One of <see cref="ComponentKinds"/>.</param>
    IReadOnlyList<ComponentInfo> List(string kind);

    /// <summary>Loads the plugin that owns a component.</summary>
    /// <typeparam name="T">The component's contract, an interface with <see cref="ComponentContractAttribute"/>.</typeparam>
    /// <param name="name">The component's name.</param>
    /// <exception cref="MedicalGptException">No plugin gives it, two do, or its plugin is refused.</exception>
    RegisteredComponent<T> Get<T>(string name)
        where T : class;
}
