using MedicalGpt.Data;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>What plugins give, opened when a command first needs it: <c>--help</c> reads no plugin.</summary>
/// <param name="open">Reads the manifests of the plugins.</param>
internal sealed class InstalledComponents(Func<PluginCatalog> open)
{
    private readonly Lazy<PluginCatalog> _catalog = new(open);

    /// <summary>The plugins; opened now if not before.</summary>
    public PluginCatalog Catalog => _catalog.Value;

    /// <summary>A component.</summary>
    /// <typeparam name="T">Its contract.</typeparam>
    /// <param name="name">Its name.</param>
    /// <returns>The component of its loaded plugin.</returns>
    /// <exception cref="MedicalGptException">No plugin gives it, or its plugin is refused.</exception>
    public RegisteredComponent<T> Get<T>(string name)
        where T : class => Catalog.Get<T>(name);

    /// <summary>Completes how rows are read with what plugins give: file formats and tables of published datasets. A plugin is loaded when it is first needed.</summary>
    /// <param name="read">How rows are read.</param>
    /// <returns>The same, completed.</returns>
    public DataReadOptions Reading(DataReadOptions read) => read with { Formats = new InstalledFormats(this), Published = new Lazy<IReadOnlyList<DatasetSource>>(() => [.. DatasetTables().SelectMany(table => table.Table.All)]) };

    /// <summary>The tables of published datasets of all plugins.</summary>
    /// <returns>Plugin and table.</returns>
    public IReadOnlyList<(string Plugin, IDatasetSources Table)> DatasetTables()
    {
        var none = OptionResolver.Resolve(new OptionSet(), []).Values;
        return [.. Catalog.List(ComponentKinds.Sources).Select(info => (info.Plugin, Get<IDatasetSources>(info.Name).Create(none, EmptyServices.Instance)))];
    }

    /// <summary>Model folders, with the families of all model plugins. A broken plugin is left out: it is an error only where its family is needed.</summary>
    /// <returns>The reader and writer of model folders.</returns>
    public ModelFolder Models()
    {
        var none = OptionResolver.Resolve(new OptionSet(), []).Values;
        var families = new List<IModelFamily>();
        var refused = new List<PluginException>();
        foreach (var info in Catalog.List(ComponentKinds.Model))
        {
            try
            {
                families.Add(Get<IModelFamily>(info.Name).Create(none, EmptyServices.Instance));
            }
            catch (PluginException error)
            {
                refused.Add(error);
            }
        }

        return families.Count == 0 && refused.Count > 0 ? throw refused[0] : new ModelFolder(new ModelFamilies(families));
    }
}
