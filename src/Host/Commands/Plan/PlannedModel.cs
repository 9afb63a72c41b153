using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Modeling;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Plan;

/// <summary>The model that is planned, and what is trained on it.</summary>
/// <param name="Folder">The base model's folder.</param>
/// <param name="Lora">The adapter's shape; null = all weights learn.</param>
/// <param name="IsContinued">The adapter exists and is trained further.</param>
internal sealed record PlannedModel(string Folder, LoraOptions? Lora, bool IsContinued)
{
    /// <summary>Looks at the folders that the options name; an adapter's folder stands for its base model with that adapter.</summary>
    /// <param name="model">--model-name-or-path.</param>
    /// <param name="adapter">The adapter's options.</param>
    /// <returns>The model.</returns>
    /// <exception cref="MedicalGptException">An adapter's base model is not here.</exception>
    public static PlannedModel Of(string model, AdapterOptions adapter)
    {
        if (!AdapterFolder.Is(model))
        {
            var continued = adapter.Adapter is { } folder && AdapterFolder.Is(folder);
            var lora = continued ? AdapterFolder.Read(adapter.Adapter!).Options : adapter.UsePeft || adapter.Adapter is not null ? adapter.ToLora() : null;
            return new PlannedModel(model, lora, adapter.Adapter is not null);
        }

        var read = AdapterFolder.Read(model);
        if (read.BaseModel is { } name && ModelNames.Folder(name) is var named && File.Exists(Path.Combine(named, "config.json")))
            return new PlannedModel(named, read.Options, IsContinued: true);
        throw new MedicalGptException("The folder is an adapter, and its base model is not here.")
        {
            Place = "--model",
            Given = $"{model}, an adapter of {read.BaseModel ?? "a model that it does not name"}",
            Allowed = "a model folder (config.json; its weights are not needed), or an adapter whose base model is where adapter_config.json says",
            Remedy = $"give the base model, and the adapter beside it: --model BASE --adapter {model}",
        };
    }
}
