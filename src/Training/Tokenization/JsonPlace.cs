using System.Text.Json;

namespace MedicalGpt.Training.Tokenization;

/// <summary>A value in a JSON file with the path that leads to it, so that every error names its place.</summary>
/// <param name="Element">The value; <see cref="JsonValueKind.Undefined"/> when it is absent.</param>
/// <param name="Source">The file.</param>
/// <param name="Path">The path, for example <c>model.vocab</c>.</param>
internal readonly record struct JsonPlace(JsonElement Element, string Source, string Path)
{
    /// <summary>Whether the value is absent or null.</summary>
    public bool IsNull => Element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>A member; absent members are <see cref="IsNull"/>.</summary>
    public JsonPlace this[string name]
    {
        get
        {
            if (Element.ValueKind != JsonValueKind.Object)
                throw Expected("an object");
            return new JsonPlace(Element.TryGetProperty(name, out var value) ? value : default, Source, Path.Length == 0 ? name : $"{Path}.{name}");
        }
    }

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonPlace> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
            throw Expected("an array");
        var index = 0;
        foreach (var item in Element.EnumerateArray())
            yield return new JsonPlace(item, Source, $"{Path}[{index++}]");
    }

    /// <summary>The value as a string.</summary>
    public string Text()
    {
        if (Element.ValueKind != JsonValueKind.String)
            throw Expected("a string");
        return Element.GetString()!;
    }

    /// <summary>The value as an integer from 0 up to below a limit.</summary>
    public int Index(int limit)
    {
        if (Element.ValueKind != JsonValueKind.Number || !Element.TryGetInt32(out var value) || value < 0 || value >= limit)
            throw Expected($"an integer from 0 to {limit - 1}");
        return value;
    }

    /// <summary>The value as a finite number.</summary>
    public double Number()
    {
        if (Element.ValueKind != JsonValueKind.Number || !Element.TryGetDouble(out var value) || !double.IsFinite(value))
            throw Expected("a number");
        return value;
    }

    /// <summary>The value as a boolean.</summary>
    /// <param name="absent">What counts when it is absent or null.</param>
    public bool Flag(bool absent = false) => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => absent,
        _ => throw Expected("true or false"),
    };

    /// <summary>The error that the value is not what is allowed here.</summary>
    public MedicalGptException Expected(string allowed)
    {
        var given = Element.ValueKind == JsonValueKind.Undefined ? "nothing" : Element.GetRawText();
        return new MedicalGptException($"{Source}: {(Path.Length == 0 ? "the file" : Path)} is {(given.Length > 80 ? given[..80] + "…" : given)}; expected {allowed}.");
    }
}
