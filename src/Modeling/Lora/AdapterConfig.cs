using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>PEFT's <c>adapter_config.json</c>.</summary>
internal static class AdapterConfig
{
    public const string FileName = "adapter_config.json";

    private const long LargestFile = 4 << 20;

    // What we do not do, by key, with the values that are fine. Other ways to initialise (pissa, olora, corda, loftq, eva …) go with a base whose weights were changed.
    private static readonly (string Key, string[] Allowed)[] Unsupported =
    [
        ("init_lora_weights", ["true", "false", "\"gaussian\""]), ("use_dora", ["false"]), ("lora_bias", ["false"]), ("fan_in_fan_out", ["false"]), ("bias", ["\"none\""]), ("rank_pattern", ["{}"]), ("alpha_pattern", ["{}"]),
        ("layers_to_transform", []), ("layers_pattern", []), ("layer_replication", []), ("exclude_modules", []), ("target_parameters", ["[]"]), ("trainable_token_indices", []), ("use_qalora", ["false"]),
    ];

    public static (LoraOptions Options, JsonObject Json) Read(string folder, bool scoreModel)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new MedicalGptException($"{folder}: no {FileName}, so this is not a PEFT adapter folder");
        var json = JsonFile.ReadObject(path, LargestFile);
        var type = json["peft_type"]?.ToString() ?? "LORA";
        if (type != "LORA")
            throw new MedicalGptException($"{path}: peft_type '{type}' is not supported; supported is LORA");
        if (json["task_type"]?.ToString() is { } task && task != TaskType(scoreModel))
        {
            throw new MedicalGptException("The adapter is for another kind of model.")
            {
                Place = path,
                Given = $"task_type {task} on a {(scoreModel ? "score" : "language")} model",
                Allowed = $"task_type {TaskType(scoreModel)}",
                Remedy = "use it with the model that it was trained on",
            };
        }

        foreach (var (key, allowed) in Unsupported)
        {
            if (json[key] is { } value && !allowed.Contains(value.ToJsonString()) && value is not JsonArray { Count: 0 })
                throw new MedicalGptException($"{path}: '{key}' is {value.ToJsonString()}, which is not supported; supported is {(allowed.Length > 0 ? string.Join(", ", allowed) : "null")}");
        }

        var options = new LoraOptions
        {
            Rank = (int)Number("r"),
            Alpha = Number("lora_alpha"),
            Dropout = json["lora_dropout"] is null ? 0 : Number("lora_dropout"),
            RankStabilized = json["use_rslora"]?.ToJsonString() == "true",
            Targets = LoraTargets.FromJson(json["target_modules"], path),
            ModulesToSave = json["modules_to_save"] is JsonArray list ? [.. list.Select(n => n?.ToString() ?? "")] : [],
        };
        return (options.Checked(path), json);

        double Number(string key) => json[key] is JsonValue value && value.TryGetValue<double>(out var number)
            ? number
            : throw new MedicalGptException($"{path}: '{key}' is {json[key]?.ToJsonString() ?? "missing"}; a number is needed");
    }

    /// <summary>The keys PEFT writes, sorted; what an adapter was read with is kept.</summary>
    public static JsonObject Write(LoraOptions options, IReadOnlyList<string> selected, bool scoreModel, string? baseModel, JsonObject? before)
    {
        var json = before is null ? Defaults() : (JsonObject)before.DeepClone();
        if (before is null)
        {
            json["target_modules"] = options.Targets.ToJson(selected);
            json["base_model_name_or_path"] = baseModel;
            json["task_type"] = TaskType(scoreModel);
            json["modules_to_save"] = options.ModulesToSave.Count == 0 ? null : new JsonArray([.. options.ModulesToSave.Select(m => (JsonNode)JsonValue.Create(m))]);
        }

        json["inference_mode"] = true;
        json["r"] = options.Rank;
        json["lora_alpha"] = Number(options.Alpha);
        json["lora_dropout"] = options.Dropout == 0 ? JsonNode.Parse("0.0") : JsonValue.Create(options.Dropout);
        json["use_rslora"] = options.RankStabilized;
        return new JsonObject(json.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    private static string TaskType(bool scoreModel) => scoreModel ? "SEQ_CLS" : "CAUSAL_LM";

    private static JsonValue Number(double value) => value == Math.Floor(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private static JsonObject Defaults() => new()
    {
        ["alpha_pattern"] = new JsonObject(),
        ["auto_mapping"] = null,
        ["bias"] = "none",
        ["exclude_modules"] = null,
        ["fan_in_fan_out"] = false,
        ["init_lora_weights"] = true,
        ["layer_replication"] = null,
        ["layers_pattern"] = null,
        ["layers_to_transform"] = null,
        ["loftq_config"] = new JsonObject(),
        ["lora_bias"] = false,
        ["megatron_config"] = null,
        ["megatron_core"] = "megatron.core",
        ["peft_type"] = "LORA",
        ["rank_pattern"] = new JsonObject(),
        ["revision"] = null,
        ["target_parameters"] = null,
        ["trainable_token_indices"] = null,
        ["use_dora"] = false,
    };
}
