namespace MedicalGpt.Training;

/// <summary>A folder that a role's model comes from: a whole model, or an adapter on the trained model's base.</summary>
/// <param name="Base">Folder of the whole model.</param>
/// <param name="Adapter">Folder of the adapter; null = none.</param>
internal sealed record ModelPlace(string Base, string? Adapter)
{
    private const string AdapterConfig = "adapter_config.json";

    /// <summary>Looks at a folder.</summary>
    /// <param name="option">Option that gave it, for errors.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="baseModel">Base of an adapter.</param>
    public static ModelPlace Of(string option, string folder, string baseModel)
    {
        if (!Directory.Exists(folder))
            throw new MedicalGptException("The model folder does not exist.") { Place = $"--{option.Replace('_', '-')}", Given = folder, Allowed = "a model folder (config.json and safetensors weights) or an adapter folder (adapter_config.json)" };
        return File.Exists(Path.Combine(folder, AdapterConfig)) ? new ModelPlace(baseModel, folder) : new ModelPlace(folder, null);
    }
}
