using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands;

/// <summary>What a command is asked to do.</summary>
/// <param name="Layers">Settings, lowest layer first: recipe, environment, command line.</param>
internal sealed record CommandRequest(IReadOnlyList<OptionLayer> Layers)
{
    /// <summary>While a recipe is checked before its first stage: folders and files that earlier stages will make and that may not exist yet.</summary>
    public IReadOnlyList<string> Promised { get; init; } = [];

    /// <summary>Resolves the settings against records; names that are unknown are errors. Names of pulled models become their folders.</summary>
    /// <param name="records">The records.</param>
    /// <returns>The resolution.</returns>
    public OptionResolution Resolve(params IReadOnlyList<OptionsDescriptor> records) =>
        OptionResolver.Resolve(new OptionSet(records), [.. Layers.Select(layer => ModelNames.Located(layer, Promised))]);

    /// <summary>Resolves only what some records know, without complaint about the rest: to find out which components are named.</summary>
    /// <param name="records">The records.</param>
    /// <returns>The resolution.</returns>
    public OptionResolution Peek(params IReadOnlyList<OptionsDescriptor> records) =>
        OptionResolver.Resolve(new OptionSet(records), [.. Layers.Select(layer => new OptionLayer(layer.Name, layer.Settings) { IsShared = true })]);
}
