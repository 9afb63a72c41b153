using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>A model's <c>config.json</c>, in the layout of transformers 4 or 5; everything in it is kept and written back.</summary>
public sealed class ModelConfig
{
    private const long LargestFile = 4 << 20;

    /// <summary>Wraps parsed JSON.</summary>
    /// <param name="json">The object.</param>
    /// <param name="place">File name for errors.</param>
    public ModelConfig(JsonObject json, string place)
    {
        Json = json;
        Place = place;
    }

    /// <summary>The whole object.</summary>
    public JsonObject Json { get; }

    /// <summary>Where it comes from, for errors.</summary>
    public string Place { get; }

    /// <summary><c>model_type</c>, for example <c>qwen2</c>; empty when absent.</summary>
    public string ModelType => Text("model_type") ?? "";

    /// <summary>First of <c>architectures</c>, for example <c>Qwen2ForCausalLM</c>; empty when absent.</summary>
    public string Architecture => Json["architectures"] is JsonArray { Count: > 0 } list && list[0] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>True for a model with a score head instead of a language-model head.</summary>
    public bool IsScoreModel => Architecture.EndsWith("ForSequenceClassification", StringComparison.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of <c>config.json</c>.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="MedicalGptException">The file is missing, too large or not a JSON object.</exception>
    public static ModelConfig Read(string path) => new(JsonFile.ReadObject(path, LargestFile), path);

    /// <summary>A whole number that must be there.</summary>
    /// <param name="name">Key.</param>
    /// <returns>The number.</returns>
    public int Integer(string name) => OptionalInteger(name) ?? throw new MedicalGptException($"{Place}: '{name}' is missing; a whole number is needed");

    /// <summary>A whole number that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <returns>The number, or null.</returns>
    public int? OptionalInteger(string name)
    {
        if (Json[name] is not { } node)
            return null;
        return node is JsonValue value && value.TryGetValue<int>(out var number) ? number : throw Wrong(name, node, "a whole number");
    }

    /// <summary>A number that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <param name="absent">Value when absent.</param>
    /// <returns>The number.</returns>
    public double Number(string name, double absent) => Number(Json, name) ?? absent;

    /// <summary>A truth value that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <param name="absent">Value when absent.</param>
    /// <returns>The value.</returns>
    public bool Flag(string name, bool absent)
    {
        if (Json[name] is not { } node)
            return absent;
        return node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : throw Wrong(name, node, "true or false");
    }

    /// <summary>A string that may be absent or null.</summary>
    /// <param name="name">Key.</param>
    /// <returns>The string, or null.</returns>
    public string? Text(string name)
    {
        if (Json[name] is not { } node)
            return null;
        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Wrong(name, node, "a string");
    }

    /// <summary>Rotary embedding from <c>rope_parameters</c> (transformers 5) or <c>rope_theta</c> and <c>rope_scaling</c> (transformers 4).</summary>
    /// <returns>The options.</returns>
    /// <exception cref="MedicalGptException">A rope type other than <c>default</c>.</exception>
    public RopeOptions Rope()
    {
        var nested = Json["rope_parameters"] as JsonObject;
        var theta = (nested is null ? null : Number(nested, "rope_theta")) ?? Number("rope_theta", 10000.0);
        var scaling = nested ?? Json["rope_scaling"] as JsonObject;
        var type = (scaling?["rope_type"] ?? scaling?["type"])?.ToString() ?? "default";
        return type == "default"
            ? new RopeOptions(theta)
            : throw new MedicalGptException($"{Place}: rope type '{type}' is not supported; supported is 'default'");
    }

    /// <summary>Stop tokens: <c>eos_token_id</c>, a number or a list.</summary>
    /// <returns>Token ids; empty when absent.</returns>
    public int[] StopIds() => Json["eos_token_id"] switch
    {
        null => [],
        JsonArray list => [.. list.Select(Id)],
        var single => [Id(single)],
    };

    private int Id(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var id) ? id : throw Wrong("eos_token_id", node, "a token id or a list of them");

    private double? Number(JsonObject json, string name)
    {
        if (json[name] is not { } node)
            return null;
        return node.GetValueKind() == JsonValueKind.Number ? (double)node : throw Wrong(name, node, "a number");
    }

    private MedicalGptException Wrong(string name, JsonNode? node, string needed) =>
        new($"{Place}: '{name}' is {node?.ToJsonString() ?? "null"}; {needed} is needed");
}
