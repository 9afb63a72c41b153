namespace MedicalGpt.Host.Commands.Models;

/// <summary>Names of files in model and adapter folders.</summary>
internal static class ModelFiles
{
    /// <summary>What makes a folder a PEFT adapter.</summary>
    public const string AdapterConfig = "adapter_config.json";

    /// <summary>What makes a folder a model.</summary>
    public const string Config = "config.json";

    private static readonly string[] WeightPatterns = ["model*.safetensors", "adapter_model.safetensors"];

    /// <summary>Whether a folder holds a PEFT adapter.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether.</returns>
    public static bool IsAdapter(string folder) => File.Exists(Path.Combine(folder, AdapterConfig));

    /// <summary>Whether a folder holds a whole model.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether.</returns>
    public static bool IsModel(string folder) => !IsAdapter(folder) && File.Exists(Path.Combine(folder, Config));

    /// <summary>The weight files of a folder, in order.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Full paths.</returns>
    public static IReadOnlyList<string> Weights(string folder) => [.. WeightPatterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Distinct().Order(StringComparer.Ordinal)];
}
