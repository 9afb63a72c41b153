using System.Security.Cryptography;
using System.Text;
using MedicalGpt.Options;
using MedicalGpt.Training;

namespace MedicalGpt.Host.Commands.Train;

/// <summary>Everything beside the rows that decides what they are encoded to: the program and the algorithm as built, the tokenizer's files, the options of the algorithm and those data options that do more than choose rows.</summary>
internal static class EncodingKey
{
    private static readonly string[] Files = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json", "config.json"];

    /// <summary>Data options that decide which rows there are; their content is hashed by itself.</summary>
    private static readonly string[] ChooseRows =
    [
        "train_file_dir", "train_sources", "mix_strategy", "shuffle_buffer_size", "validation_file_dir", "dataset_name", "dataset_config_name", "max_train_samples", "max_eval_samples", "validation_split_percentage", "shuffle", "max_truncated_share",
        "columns", "on_bad_row", "system_prompt", "data_check", "data_cache_dir", "data_cache_size", "overwrite_cache",
    ];

    /// <summary>The key.</summary>
    /// <param name="plan">The stage.</param>
    /// <param name="algorithm">Its algorithm.</param>
    /// <param name="tokenizer">Folder of the tokenizer.</param>
    /// <param name="chatTemplate">Text of the chat template that is used instead of the tokenizer's own; null = its own.</param>
    /// <param name="time">What the chat template takes from the clock: rows that say what day it is are encoded anew on another.</param>
    /// <returns>SHA-256, lower-case hex.</returns>
    public static string Of(StagePlan plan, IAlgorithm algorithm, string tokenizer, string? chatTemplate, string time)
    {
        var text = new StringBuilder().Append(chatTemplate).Append('\n').Append(time).Append('\n');
        foreach (var assembly in new[] { typeof(RowCache).Assembly, typeof(IAlgorithm).Assembly, algorithm.GetType().Assembly }.Distinct())
            text.Append(assembly.GetName().Name).Append(' ').Append(assembly.ManifestModule.ModuleVersionId).Append('\n');
        text.Append(algorithm.GetType().FullName).Append('\n');
        string[] records = [plan.Algorithm.Options.Name, DataOptions.Descriptor.Name];
        foreach (var option in plan.Resolution.Provenance().Where(option => records.Contains(option.Record) && !ChooseRows.Contains(option.Option.Key.Split('.')[0])))
            text.Append(option.Option.Key).Append('=').Append(option.Value).Append('\n');
        var further = Path.Combine(tokenizer, "additional_chat_templates");
        var templates = Directory.Exists(further) ? Directory.EnumerateFiles(further, "*.jinja").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        foreach (var file in Files.Select(name => Path.Combine(tokenizer, name)).Where(File.Exists).Concat(templates))
        {
            using var stream = File.OpenRead(file);
            text.Append(Path.GetFileName(file)).Append(' ').Append(Convert.ToHexStringLower(SHA256.HashData(stream))).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
