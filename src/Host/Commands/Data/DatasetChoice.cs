using MedicalGpt.Data;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Data;

/// <summary>The dataset of <c>--dataset-name</c>: a plugin's, whose options join those of the command, or a folder on disk.</summary>
internal sealed class DatasetChoice
{
    private readonly string? _name;
    private readonly RegisteredComponent<IDataset>? _component;

    private readonly InstalledComponents _components;

    private DatasetChoice(string? name, RegisteredComponent<IDataset>? component, InstalledComponents components) => (_name, _component, _components) = (name, component, components);

    /// <summary>True where a dataset is named.</summary>
    public bool IsNamed => _name is not null;

    /// <summary>True for a plugin's dataset, which has held-out splits.</summary>
    public bool IsPlugin => _component is not null;

    /// <summary>The records that the dataset adds to the command.</summary>
    public IReadOnlyList<OptionsDescriptor> Records => _component is null ? [] : [_component.Options];

    /// <summary>Looks a name up among the plugins' datasets; others are folders, looked up when rows are read.</summary>
    /// <param name="components">The plugins.</param>
    /// <param name="name">The name; null = none is given.</param>
    /// <returns>The dataset.</returns>
    public static DatasetChoice Find(InstalledComponents components, string? name) =>
        new(name, name is not null && components.Catalog.List(ComponentKinds.Dataset).Any(dataset => dataset.Name == name) ? components.Get<IDataset>(name) : null, components);

    /// <summary>Checks the dataset's own options; what is wrong is collected in the resolution.</summary>
    /// <param name="resolution">The options of the command, with <see cref="Records"/>.</param>
    /// <param name="read">How files are read; null = as they are, a bad row fails.</param>
    /// <param name="most">Most rows; 0 = all.</param>
    /// <returns>Reads the rows of a source in a split; of a path all rows, whatever the split.</returns>
    public Func<RowSource, string, CancellationToken, Task<IReadOnlyList<Example>>> Bind(OptionResolution resolution, DataReadOptions? read = null, int most = 0)
    {
        var open = BindOpen(resolution);
        return async (source, split, cancellation) => await open(source, read ?? new DataReadOptions()).ReadAsync(source.Request(split), cancellation).Take(most > 0 ? most : int.MaxValue).ToListAsync(cancellation);
    }

    /// <summary>The same as <see cref="Bind"/>, for rows that are read one by one.</summary>
    /// <param name="resolution">The options of the command, with <see cref="Records"/>.</param>
    /// <returns>Gives the dataset of a source, read in a certain way.</returns>
    public Func<RowSource, DataReadOptions, IDataset> BindOpen(OptionResolution resolution)
    {
        var options = _component?.Bind(resolution);
        return (source, read) => Open(options, source, _components.Reading(read));
    }

    /// <summary>The rows of one configuration and split of the dataset itself.</summary>
    /// <param name="resolution">The options of the command, with <see cref="Records"/>.</param>
    /// <param name="configuration">The configuration; null = its usual one.</param>
    /// <param name="split">train, validation or test.</param>
    public NamedRows BindNamed(OptionResolution resolution, string? configuration, string split)
    {
        var options = _component?.Bind(resolution);
        return new NamedRows(_name!, read => _component is null ? FileDataset.FromName(_name!, _components.Reading(read)) : _component.Create(options!, EmptyServices.Instance), new DatasetRequest(ExampleKind.Text, configuration, split));
    }

    private IDataset Open(object? options, RowSource source, DataReadOptions read)
    {
        if (source.IsPath)
            return FileDataset.FromPath(source.Name, options: read);
        if (_component is not null)
            return _component.Create(options!, EmptyServices.Instance);
        return _name is not null
            ? FileDataset.FromName(_name, read)
            : throw new MedicalGptException("A source of rows is neither a file nor a folder.")
            {
                Given = source.Name,
                Remedy = "give an existing path, or name the dataset whose configuration it is with --dataset-name",
            };
    }
}
