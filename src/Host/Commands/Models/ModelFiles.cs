using MedicalGpt.Modeling;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Names of files in model and adapter folders.</summary>
internal static class ModelFiles
{
    /// <summary>What makes a folder a PEFT adapter.</summary>
    public const string AdapterConfig = "adapter_config.json";

    /// <summary>What makes a folder a model.</summary>
    public const string Config = "config.json";

    private const string AdapterWeights = "adapter_model.safetensors";

    /// <summary>Whether a folder holds a PEFT adapter.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether.</returns>
    public static bool IsAdapter(string folder) => File.Exists(Path.Combine(folder, AdapterConfig));

    /// <summary>Whether a folder holds a whole model.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether.</returns>
    public static bool IsModel(string folder) => !IsAdapter(folder) && File.Exists(Path.Combine(folder, Config));

    /// <summary>The weight files of a folder that are loaded, in order; without an index or a single file all that look like a model's.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Full paths.</returns>
    public static IReadOnlyList<string> Weights(string folder) => [.. (IsAdapter(folder) ? [AdapterWeights] : ModelFolder.LoadedFiles(folder)).Select(file => Path.Combine(folder, file)).Where(File.Exists)];

    /// <summary>Weight files that stand in a model's folder and are not loaded: a single file comes before shards, and an index names its shards.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>File names.</returns>
    public static IReadOnlyList<string> Unloaded(string folder) => IsAdapter(folder) ? [] : [.. Directory.EnumerateFiles(folder, "model*.safetensors").Except(Weights(folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
