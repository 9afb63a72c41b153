using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>Rotary options from a configuration: <c>rope_parameters</c> (transformers 5), or <c>rope_theta</c> and <c>rope_scaling</c> (transformers 4). Keys that a rope type does not have are refused.</summary>
internal sealed class RopeReader(ModelConfig config)
{
    private static readonly Dictionary<string, string[]> KeysOfType = new(StringComparer.Ordinal)
    {
        ["default"] = [],
        ["linear"] = ["factor"],
        ["dynamic"] = ["factor"],
        ["llama3"] = ["factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"],
        ["yarn"] = ["factor", "original_max_position_embeddings", "attention_factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim", "truncate"],
        ["longrope"] = ["short_factor", "long_factor", "factor", "attention_factor", "original_max_position_embeddings"],
    };

    public RopeOptions Read(double theta, string? layerType, string thetaKey, int maxPositions)
    {
        config.Ignore("rope_theta", thetaKey);
        var plain = new RopeOptions(config.Number(thetaKey, theta)) { PartialFactor = config.Number("partial_rotary_factor", 1.0) };
        // The second base of transformers 4 (Gemma 3's windowed layers) is never scaled.
        var scaling = config.Object("rope_scaling") is { Count: > 0 } given && thetaKey == "rope_theta" ? given : null;
        if (config.Object("rope_parameters") is not { } nested)
            return scaling is null ? plain : Options(scaling, "rope_scaling", plain, maxPositions);
        var (place, settings) = layerType is not null && nested[layerType] is JsonObject own ? ($"rope_parameters.{layerType}", own) : ("rope_parameters", nested);
        var options = Options(settings, place, plain, maxPositions);
        if (scaling is not null && Options(scaling, "rope_scaling", options, maxPositions) != options)
        {
            throw new MedicalGptException("Two keys of the configuration say different things about rotary positions.")
            {
                Place = config.Place,
                Given = $"rope_scaling {scaling.ToJsonString()} and {place} {settings.ToJsonString()}",
                Allowed = "one of them, or both with one meaning",
                Remedy = "take out the one that does not hold; where both stand, transformers 5 goes by rope_scaling",
            };
        }

        return options;
    }

    private RopeOptions Options(JsonObject json, string place, RopeOptions absent, int maxPositions) => new(config.NumberIn(json, place, "rope_theta") ?? absent.Theta)
    {
        PartialFactor = config.NumberIn(json, place, "partial_rotary_factor") ?? absent.PartialFactor,
        Scaling = Scaling(json, place, maxPositions),
    };

    private RopeScaling? Scaling(JsonObject json, string place, int maxPositions)
    {
        var type = (json["rope_type"] ?? json["type"])?.ToString() ?? "default";
        if (type == "su")
            type = "longrope";
        if (!KeysOfType.TryGetValue(type, out var keys))
            throw new MedicalGptException($"{config.Place}: {place} has the rope type '{type}', which is not supported; supported are {string.Join(", ", KeysOfType.Keys.Select(k => $"'{k}'"))}");
        var foreign = json.Where(p => p.Value is not null && p.Key is not ("rope_type" or "type" or "rope_theta" or "partial_rotary_factor") && !keys.Contains(p.Key)).Select(p => $"'{p.Key}'").ToArray();
        if (foreign.Length > 0)
            throw new MedicalGptException($"{config.Place}: {place} of type '{type}' has {string.Join(", ", foreign)}, which is not supported; its keys are {(keys.Length == 0 ? "none but rope_theta" : string.Join(", ", keys))}");
        return type switch
        {
            "linear" => new LinearRopeScaling(Needed("factor")),
            "dynamic" => new DynamicRopeScaling(Needed("factor"), maxPositions),
            "llama3" => new Llama3RopeScaling(Needed("factor"), Needed("low_freq_factor"), Needed("high_freq_factor"), (int)Needed("original_max_position_embeddings")),
            "yarn" => Yarn(),
            "longrope" => Long(),
            _ => null,
        };

        double? Number(string key) => config.NumberIn(json, place, key);

        double Needed(string key) => Number(key) ?? throw new MedicalGptException($"{config.Place}: {place} of type '{type}' needs '{key}', a number");

        int Original() => (int)(Number("original_max_position_embeddings") ?? config.OptionalInteger("original_max_position_embeddings") ?? maxPositions);

        YarnRopeScaling Yarn()
        {
            var original = Original();
            return new YarnRopeScaling(Number("factor") ?? (double)maxPositions / original, original)
            {
                BetaFast = Number("beta_fast") ?? 32,
                BetaSlow = Number("beta_slow") ?? 1,
                GivenAttentionFactor = Number("attention_factor"),
                Scale = Number("mscale"),
                AllDimensionsScale = Number("mscale_all_dim"),
                Truncate = json["truncate"]?.ToJsonString() != "false",
            };
        }

        LongRopeScaling Long()
        {
            var original = Original();
            return new LongRopeScaling(List("short_factor"), List("long_factor"), original, Number("factor") ?? (double)maxPositions / original) { GivenAttentionFactor = Number("attention_factor") };
        }

        double[] List(string key) => json[key] is JsonArray list && list.All(n => n is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.Number)
            ? [.. list.Select(n => (double)n!)]
            : throw new MedicalGptException($"{config.Place}: {place} of type '{type}' needs '{key}', a list of numbers");
    }
}
