using MedicalGpt.Data;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>The file formats of plugins: named from their manifests, loaded when a file has the format.</summary>
/// <param name="components">The plugins.</param>
internal sealed class InstalledFormats(InstalledComponents components) : IRowFormats
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [.. components.Catalog.List(ComponentKinds.Format).Select(format => format.Name).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public string Plugin(string ending) => string.Join(", ", components.Catalog.List(ComponentKinds.Format).Where(format => format.Name == ending).Select(format => format.Plugin).Distinct(StringComparer.Ordinal));

    /// <inheritdoc/>
    public IRowFormat Get(string ending) => components.Get<IRowFormat>(ending).Create(OptionResolver.Resolve(new OptionSet(), []).Values, EmptyServices.Instance);
}
