using MedicalGpt.Options;

namespace MedicalGpt.Plugins;

/// <summary>Where plugins put their components.</summary>
public interface IPluginRegistry
{
    /// <summary>Registers a component.</summary>
    /// <typeparam name="TComponent">Its contract: <c>IAlgorithm</c>, <c>IDataset</c>, <c>IRewardFunction</c>, <c>IModelFamily</c>, <c>IRowFormat</c> or <c>IDatasetSources</c>.</typeparam>
    /// <typeparam name="TOptions">Its options record.</typeparam>
    /// <param name="name">The name users write, lower case, unique per contract.</param>
    /// <param name="create">Makes the component from bound and validated options.</param>
    void Add<TComponent, TOptions>(string name, Func<TOptions, IServiceProvider, TComponent> create)
        where TComponent : class
        where TOptions : IOptionsRecord<TOptions>;
}
