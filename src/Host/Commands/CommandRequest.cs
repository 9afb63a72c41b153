using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands;

/// <summary>What a command is asked to do.</summary>
/// <param name="Layers">Settings, lowest layer first: recipe, environment, command line.</param>
internal sealed record CommandRequest(IReadOnlyList<OptionLayer> Layers)
{
    /// <summary>True while a recipe is checked before its first stage: folders that earlier stages will make do not exist yet.</summary>
    public bool ChecksOnly { get; init; }

    /// <summary>Settings without those that belong to components behind the prefixes.</summary>
    /// <param name="prefixes">Prefixes such as <c>dataset.</c>.</param>
    /// <returns>The layers.</returns>
    public IReadOnlyList<OptionLayer> Without(IReadOnlyList<string> prefixes) =>
        [.. Layers.Select(layer => new OptionLayer(layer.Name, layer.Settings.Where(s => !prefixes.Any(p => HasPrefix(s, p)))) { IsShared = layer.IsShared })];

    /// <summary>Settings of a component, its prefix taken off.</summary>
    /// <param name="prefix">Prefix such as <c>dataset.</c>.</param>
    /// <returns>The layers.</returns>
    public IReadOnlyList<OptionLayer> For(string prefix) =>
        [.. Layers.Select(layer => new OptionLayer(layer.Name, layer.Settings.Where(s => HasPrefix(s, prefix)).Select(s => Strip(s, prefix))))];

    private static string Normalized(OptionSetting setting) => setting.Name.TrimStart('-').Replace('_', '-').ToLowerInvariant();

    private static bool HasPrefix(OptionSetting setting, string prefix) => Normalized(setting).StartsWith(prefix, StringComparison.Ordinal);

    private static OptionSetting Strip(OptionSetting setting, string prefix) =>
        new(Normalized(setting)[prefix.Length..], setting.Source, setting.Items) { IsList = setting.IsList };
}
