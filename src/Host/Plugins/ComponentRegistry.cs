using System.Reflection;
using MedicalGpt.Options;
using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>Takes down what one plugin registers.</summary>
internal sealed class ComponentRegistry(PluginFolder plugin) : IPluginRegistry
{
    private readonly List<Registration> registrations = [];

    /// <summary>What was registered, in order.</summary>
    public IReadOnlyList<Registration> Registrations => registrations;

    /// <inheritdoc/>
    public void Add<TComponent, TOptions>(string name, Func<TOptions, IServiceProvider, TComponent> create)
        where TComponent : class
        where TOptions : IOptionsRecord<TOptions>
    {
        var kind = KindOf(typeof(TComponent)) ?? throw new PluginException($"Plugin {plugin.Manifest.Id} registers '{name}' as {typeof(TComponent).Name}, which is no component contract.")
        {
            Place = plugin.Folder,
            Remedy = "register it as an interface with [ComponentContract], such as IAlgorithm, IDataset, IRewardFunction or IModelFamily",
        };
        registrations.Add(new Registration(kind, name, typeof(TOptions).FullName!, info => new Component<TComponent, TOptions>(info, create)));
    }

    /// <summary>Kind of a contract; null where the type is none.</summary>
    public static string? KindOf(Type contract) => contract.GetCustomAttribute<ComponentContractAttribute>()?.Kind;
}
