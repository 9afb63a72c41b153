using MedicalGpt.Data;
using MedicalGpt.Options;

namespace MedicalGpt.Training.Data;

/// <summary>Looks published datasets up by name.</summary>
public static class PublishedDatasets
{
    /// <summary>The dataset of a name, a repository or another name; upper and lower case are the same.</summary>
    /// <param name="tables">The tables of all plugins.</param>
    /// <param name="name">The name.</param>
    /// <returns>The dataset; null = none is called so.</returns>
    public static DatasetSource? Find(Lazy<IReadOnlyList<DatasetSource>> tables, string name) =>
        tables.Value.FirstOrDefault(source => Names(source).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The known name that is nearest to one that is not known.</summary>
    /// <param name="tables">The tables of all plugins.</param>
    /// <param name="name">The name.</param>
    /// <returns>A name; null = none is near.</returns>
    public static string? Nearest(Lazy<IReadOnlyList<DatasetSource>> tables, string name) => OptionNames.Nearest(name, tables.Value.SelectMany(Names));

    private static IEnumerable<string> Names(DatasetSource source) => new[] { source.Name, source.Repository }.Concat(source.Aliases).OfType<string>();
}
