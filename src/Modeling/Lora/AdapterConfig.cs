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
        ("init_lora_weights", ["true", "false", "\"gaussian\""]), ("lora_bias", ["false"]), ("fan_in_fan_out", ["false"]), ("bias", ["\"none\"", "\"all\"", "\"lora_only\""]),
        ("layer_replication", []), ("target_parameters", ["[]"]), ("trainable_token_indices", []), ("use_qalora", ["false"]), ("use_bdlora", ["false"]), ("alora_invocation_tokens", []), ("arrow_config", []),
    ];

    public static (LoraOptions Options, JsonObject Json) Read(string folder, bool? scoreModel)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new MedicalGptException($"{folder}: no {FileName}, so this is not a PEFT adapter folder");
        var json = JsonFile.ReadObject(path, LargestFile);
        var type = json["peft_type"]?.ToString() ?? "LORA";
        if (type != "LORA")
            throw new MedicalGptException($"{path}: peft_type '{type}' is not supported; supported is LORA");
        if (json["task_type"]?.ToString() is { } task && scoreModel is { } score && task != TaskType(score))
        {
            throw new MedicalGptException("The adapter is for another kind of model.")
            {
                Place = path,
                Given = $"task_type {task} on a {(score ? "score" : "language")} model",
                Allowed = $"task_type {TaskType(score)}",
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
            Dora = json["use_dora"]?.ToJsonString() == "true",
            Bias = json["bias"]?.ToString() switch { "all" => LoraBias.All, "lora_only" => LoraBias.LoraOnly, _ => LoraBias.None },
            Initialization = json["init_lora_weights"]?.ToJsonString() switch { "false" => LoraInitialization.Random, "\"gaussian\"" => LoraInitialization.Gaussian, _ => LoraInitialization.Default },
            Targets = LoraTargets.FromJson(json["target_modules"], path),
            Excluded = json["exclude_modules"] is null or JsonArray { Count: 0 } ? null : LoraTargets.FromJson(json["exclude_modules"], path, "exclude_modules"),
            Layers = json["layers_to_transform"] switch
            {
                null => [],
                JsonArray numbers => [.. numbers.Select(n => Integer("layers_to_transform", n))],
                var number => [Integer("layers_to_transform", number)],
            },
            RankPattern = Pattern("rank_pattern").ToDictionary(p => p.Key, p => Integer("rank_pattern", p.Value), StringComparer.Ordinal),
            AlphaPattern = Pattern("alpha_pattern").ToDictionary(p => p.Key, p => Real("alpha_pattern", p.Value), StringComparer.Ordinal),
            ModulesToSave = json["modules_to_save"] is JsonArray list ? [.. list.Select(n => n?.ToString() ?? "")] : [],
        };
        return (options.Checked(path), json);

        double Number(string key) => Real(key, json[key]);

        double Real(string key, JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number)
            ? number
            : throw new MedicalGptException($"{path}: '{key}' is {node?.ToJsonString() ?? "missing"}; a number is needed");

        int Integer(string key, JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number)
            ? number
            : throw new MedicalGptException($"{path}: '{key}' is {node?.ToJsonString() ?? "null"}; whole numbers are needed");

        JsonObject Pattern(string key) => json[key] switch
        {
            null => [],
            JsonObject found => found,
            var other => throw new MedicalGptException($"{path}: '{key}' is {other.ToJsonString()}; an object of names and numbers is needed"),
        };
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
            json["exclude_modules"] = options.Excluded?.ToJson([]);
            json["layers_to_transform"] = options.Layers.Count == 0 ? null : new JsonArray([.. options.Layers.Select(l => (JsonNode)JsonValue.Create(l))]);
            json["rank_pattern"] = new JsonObject(options.RankPattern.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value))));
            json["alpha_pattern"] = new JsonObject(options.AlphaPattern.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Number(p.Value))));
            json["init_lora_weights"] = options.Initialization switch { LoraInitialization.Gaussian => "gaussian", LoraInitialization.Random => false, _ => true };
        }

        json["inference_mode"] = true;
        json["r"] = options.Rank;
        json["lora_alpha"] = Number(options.Alpha);
        json["lora_dropout"] = options.Dropout == 0 ? JsonNode.Parse("0.0") : JsonValue.Create(options.Dropout);
        json["use_rslora"] = options.RankStabilized;
        json["use_dora"] = options.Dora;
        json["bias"] = options.Bias switch { LoraBias.All => "all", LoraBias.LoraOnly => "lora_only", _ => "none" };
        return new JsonObject(json.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    private static string TaskType(bool scoreModel) => scoreModel ? "SEQ_CLS" : "CAUSAL_LM";

    private static JsonValue Number(double value) => value == Math.Floor(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);

    // Every field of PEFT's LoraConfig, so that a file has those that PEFT writes.
    private static JsonObject Defaults() => (JsonObject)JsonNode.Parse("""
        {
          "alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null, "auto_mapping": null, "base_model_name_or_path": null, "bias": "none", "corda_config": null,
          "ensure_weight_tying": false, "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true, "kasa_config": null,
          "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {}, "lora_bias": false, "lora_ga_config": null, "megatron_config": null,
          "megatron_core": "megatron.core", "modules_to_save": null, "monteclora_config": null, "peft_type": "LORA", "qalora_group_size": 16, "rank_pattern": {}, "revision": null,
          "target_parameters": null, "trainable_token_indices": null, "use_bdlora": null, "use_dora": false, "use_qalora": false, "velora_config": null
        }
        """)!;
}
