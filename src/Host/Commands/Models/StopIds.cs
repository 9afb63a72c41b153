using MedicalGpt.Modeling;

namespace MedicalGpt.Host.Commands.Models;

/// <summary>Stop and padding tokens as a model's own files name them, without its tokenizer.</summary>
internal static class StopIds
{
    private static readonly string[] Files = ["generation_config.json", ModelFiles.Config];

    /// <summary>Tokens that end an answer: those of generation_config.json, else of config.json.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <returns>Ids; empty when neither names one.</returns>
    public static int[] Of(string folder) => Configs(folder).Select(config => config.StopIds()).FirstOrDefault(ids => ids.Length > 0) ?? [];

    /// <summary>The padding token.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <returns>Its id; null when neither file names one.</returns>
    public static int? Padding(string folder) => Configs(folder).Select(config => config.OptionalInteger("pad_token_id")).FirstOrDefault(id => id is not null);

    private static IEnumerable<ModelConfig> Configs(string folder) =>
        Files.Select(file => Path.Combine(folder, file)).Where(File.Exists).Select(ModelConfig.Read);
}
