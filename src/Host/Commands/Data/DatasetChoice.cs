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
        var stream = BindStream(resolution, read);
        return async (source, split, cancellation) => await stream(source, split).Take(most > 0 ? most : int.MaxValue).ToListAsync(cancellation);
    }

    /// <summary>The same as <see cref="Bind"/>, for rows that are read one by one.</summary>
    /// <param name="resolution">The options of the command, with <see cref="Records"/>.</param>
    /// <param name="read">How files are read; null = as they are, a bad row fails.</param>
    /// <returns>Gives the rows of a source in a split as a stream.</returns>
    public Func<RowSource, string, IAsyncEnumerable<Example>> BindStream(OptionResolution resolution, DataReadOptions? read = null)
    {
        var options = _component?.Bind(resolution);
        return (source, split) => Open(options, source, _components.Reading(read ?? new DataReadOptions()))
            .ReadAsync(source.IsPath ? new DatasetRequest(source.Kind, null, "train") : new DatasetRequest(source.Kind, source.Name, split), CancellationToken.None);
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
