using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedicalGpt.Training;

/// <summary>Compares the options of a resumed run with those in the <c>run.json</c> of the run that it continues.</summary>
internal static class OptionChanges
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Options that change only what is written and how fast; those of data and base model are here because their contents are compared.</summary>
    private static readonly string[] Harmless =
    [
        "output_dir", "overwrite_output_dir", "resume_from_checkpoint", "logging_steps", "samples_per_log", "save_strategy", "save_steps", "save_total_limit",
        "eval_strategy", "eval_steps", "eval_on_start", "per_device_eval_batch_size", "num_generations_eval", "eval_temperature", "max_eval_samples",
        "validation_file_dir", "train_file_dir", "max_truncated_share", "on_bad_row", "model_name_or_path", "tokenizer_name_or_path", "threads", "gradient_checkpointing", "preset",
    ];

    /// <summary>Names the options that change what is learned.</summary>
    /// <param name="checkpoint">Checkpoint that is continued; its run's folder holds it.</param>
    /// <param name="options">This run's resolved options; null = unknown.</param>
    /// <returns>A warning; null when nothing that is known differs.</returns>
    public static string? Since(string checkpoint, JsonObject? options)
    {
        var directory = new RunDirectory(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(checkpoint)) ?? checkpoint);
        if (options is null || !File.Exists(directory.RunFile) || RunLog.ReadRecord(directory)["options"] is not JsonObject before)
            return null;
        var changes = options
            .Where(now => !Harmless.Contains(now.Key) && before.ContainsKey(now.Key))
            .Select(now => (now.Key, Old: Value(before[now.Key]), New: Value(now.Value)))
            .Where(change => change.Old != change.New)
            .Select(change => $"{change.Key} {change.Old} -> {change.New}")
            .ToList();
        return changes.Count == 0 ? null : $"options differ from those of the run in {directory.Root}, so this run does not end as that one would have: {string.Join("; ", changes)}";
    }

    private static string Value(JsonNode? option) => (option as JsonObject)?["value"]?.ToJsonString(Json) ?? "none";
}
