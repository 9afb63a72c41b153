using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>The datasets that plugins know by name.</summary>
internal sealed class KnownDatasets
{
    private readonly IReadOnlyList<DatasetSource> _all;

    private KnownDatasets(IReadOnlyList<DatasetSource> all) => _all = all;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => [.. _all.Select(source => source.Name)];

    /// <summary>Reads the tables of all plugins.</summary>
    /// <param name="components">The plugins.</param>
    /// <returns>The datasets.</returns>
    public static KnownDatasets Open(InstalledComponents components)
    {
        var none = OptionResolver.Resolve(new OptionSet(), []).Values;
        return new KnownDatasets([.. components.Catalog.List(ComponentKinds.Sources).SelectMany(table => components.Get<IDatasetSources>(table.Name).Create(none, EmptyServices.Instance).All)]);
    }

    /// <summary>A dataset by its name, one of its other names, or its repository.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The dataset; null = none knows it.</returns>
    public DatasetSource? Find(string name) =>
        _all.FirstOrDefault(source => source.Name == name || source.Aliases.Contains(name)) ?? _all.FirstOrDefault(source => source.Repository == name);
}
