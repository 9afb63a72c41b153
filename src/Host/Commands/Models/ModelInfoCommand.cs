using System.Text.Json.Nodes;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.Templates;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Models;

/// <summary><c>medgpt model info</c>: what a model's or adapter's folder holds. Reads headers, no weights.</summary>
/// <param name="components">The plugins, which bring the model families.</param>
/// <param name="console">Where it goes.</param>
internal sealed class ModelInfoCommand(InstalledComponents components, IAnsiConsole console) : IHostCommand
{
    /// <inheritdoc/>
    public string Name => "model info";

    /// <inheritdoc/>
    public string Summary => "Show what a model's or adapter's folder holds.";

    /// <inheritdoc/>
    public IReadOnlyList<OptionsDescriptor> Records => [ModelInfoOptions.Descriptor];

    /// <inheritdoc/>
    public string? PositionalHelp => "DIR";

    /// <inheritdoc/>
    public string? PositionalKey(int index) => index == 0 ? "model" : null;

    /// <inheritdoc/>
    public PreparedCommand Prepare(CommandRequest request)
    {
        var resolution = request.Resolve(Records);
        var options = resolution.Bind<ModelInfoOptions>();
        return PreparedCommand.Create(resolution, _ =>
        {
            var info = Describe(options.Model);
            if (options.Json)
                console.Json(info);
            else
                Print(info);
            return Task.FromResult(CommandResult.Success);
        });
    }

    private void Print(JsonObject info)
    {
        foreach (var (key, value) in info)
        {
            if (value is JsonObject { Count: > 0 } sizes && key.EndsWith("_bytes", StringComparison.Ordinal))
                console.Line($"{key[..^6] + ":",-24} {string.Join(", ", sizes.Select(s => $"{s.Key} {ByteSize.Text((long)s.Value!)}"))}");
            else
                console.Line($"{key + ":",-24} {value switch { null => "none", JsonValue single => single.ToString(), var other => other.ToJsonString(JsonText.Line) }}");
        }
    }

    private JsonObject Describe(string folder)
    {
        if (!Directory.Exists(folder))
            throw new MedicalGptException("The model folder does not exist.") { Place = folder, Remedy = HubRepository.PullHint(folder) ?? "give the folder that holds config.json, or adapter_config.json for an adapter" };
        var info = new JsonObject { ["folder"] = Path.GetFullPath(folder) };
        if (ModelFiles.IsAdapter(folder))
            Adapter(folder, info);
        else
            Model(folder, info);
        Weights(folder, info);
        if (File.Exists(Path.Combine(folder, "tokenizer.json")))
            Tokenizer(folder, info);
        return info;
    }

    private void Model(string folder, JsonObject info)
    {
        var config = ModelConfig.Read(Path.Combine(folder, "config.json"));
        var supported = Read(config, out var refusal);
        info["family"] = supported?.Family.ModelType;
        if (refusal is not null)
            info["not_supported"] = refusal;
        info["architecture"] = config.Architecture;
        info["model_type"] = config.ModelType;
        foreach (var key in new[] { "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "intermediate_size", "vocab_size", "max_position_embeddings", "tie_word_embeddings" })
            info[key] = config.Json[key]?.DeepClone();
        info["stop_token_ids"] = new JsonArray([.. StopIds.Of(folder).Select(id => (JsonNode)id)]);
        info["dtype"] = (config.Json["dtype"] ?? config.Json["torch_dtype"])?.DeepClone();
        if (Packed(config) is { } packed)
        {
            info["quantization"] = packed.Type.ToString().ToLowerInvariant();
            if (packed.Type != QuantizationType.Int8)
                info["double_quantization"] = packed.DoubleQuantization;
        }

        if (supported is { } known)
            Sizes(ModelSize.Of(known.Options), info);
    }

    // Why a model cannot be loaded belongs to what is to be known about it.
    private (IModelFamily Family, DecoderOptions Options)? Read(ModelConfig config, out string? refusal)
    {
        try
        {
            refusal = null;
            return components.Models().Families.Read(config);
        }
        catch (MedicalGptException error)
        {
            refusal = error.Given is null ? error.Message : $"{error.Message} ({error.Given})";
            return null;
        }
    }

    // A way of packing that is not supported stands under not_supported where the model is loaded; here it is only named.
    private static QuantizationOptions? Packed(ModelConfig config) =>
        config.Json["quantization_config"] is JsonObject json && (json["quant_method"]?.ToString() ?? "bitsandbytes") == "bitsandbytes" ? QuantizationConfig.Read(config) : null;

    private static void Sizes(ModelSize size, JsonObject info)
    {
        info["memory_bytes"] = new JsonObject { ["fp32"] = size.Bytes32, ["bf16"] = size.Bytes16, ["fp16"] = size.Bytes16, ["int8"] = size.BytesInt8, ["nf4"] = size.BytesNf4 };
        info["training_without_activations_bytes"] = new JsonObject
        {
            ["full"] = size.FullTrainingBytes,
            ["lora_r8_fp32"] = size.AdapterTrainingBytes(size.Bytes32, 8),
            ["lora_r8_bf16"] = size.AdapterTrainingBytes(size.Bytes16, 8),
            ["qlora_r8_nf4"] = size.AdapterTrainingBytes(size.BytesNf4, 8),
        };
    }

    private static void Adapter(string folder, JsonObject info)
    {
        var config = ModelConfig.Read(Path.Combine(folder, ModelFiles.AdapterConfig));
        foreach (var key in new[] { "peft_type", "task_type", "base_model_name_or_path", "r", "lora_alpha", "lora_dropout", "use_rslora", "use_dora", "target_modules", "modules_to_save" })
            info[key] = config.Json[key]?.DeepClone();
    }

    private static void Weights(string folder, JsonObject info)
    {
        var files = ModelFiles.Weights(folder);
        var size = StoredSize.Of(files);
        info["parameters"] = size.Parameters;
        info["parameters_by_type"] = new JsonObject(size.ByFormat.Select(type => KeyValuePair.Create(type.Key, (JsonNode?)type.Value)));
        info["weight_files"] = new JsonArray([.. files.Select(file => (JsonNode)Path.GetFileName(file))]);
        if (ModelFiles.Unloaded(folder) is { Count: > 0 } others)
            info["not_loaded"] = new JsonArray([.. others.Select(file => (JsonNode)file)]);
        info["bytes"] = files.Sum(file => new FileInfo(file).Length);
    }

    private static void Tokenizer(string folder, JsonObject info)
    {
        var encoder = ExampleEncoder.Load(folder);
        info["tokenizer_vocabulary"] = encoder.Tokenizer.VocabularySize;
        info["chat_template"] = encoder.Tokenizer.Config.ChatTemplate is not null;
    }
}
