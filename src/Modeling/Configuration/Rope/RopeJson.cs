using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>Rotary options as <c>config.json</c> has them.</summary>
public static class RopeJson
{
    /// <summary>The value of <c>rope_parameters</c> (transformers 5).</summary>
    /// <param name="rope">The options.</param>
    /// <returns>The object.</returns>
    public static JsonObject Parameters(RopeOptions rope)
    {
        var json = new JsonObject { ["rope_theta"] = rope.Theta, ["rope_type"] = rope.Scaling?.Type ?? "default" };
        if (rope.PartialFactor != 1)
            json["partial_rotary_factor"] = rope.PartialFactor;
        foreach (var (key, value) in rope.Scaling?.ToJson() ?? [])
            json[key] = value?.DeepClone();
        return json;
    }

    /// <summary>The value of <c>rope_scaling</c> (transformers 4).</summary>
    /// <param name="rope">The options.</param>
    /// <returns>The object; null without scaling.</returns>
    public static JsonObject? Scaling(RopeOptions rope)
    {
        if (rope.Scaling is not { } scaling)
            return null;
        var json = scaling.ToJson();
        json["rope_type"] = scaling.Type;
        return json;
    }
}
