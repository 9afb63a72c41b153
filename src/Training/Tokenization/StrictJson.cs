using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace MedicalGpt.Training.Tokenization;

/// <summary>Parses JSON whose every string is valid Unicode, which the parser itself leaves to whoever reads the string.</summary>
internal static class StrictJson
{
    /// <summary>Parses a JSON file.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="source">Its name in errors.</param>
    /// <exception cref="MedicalGptException">It is no JSON or no valid Unicode.</exception>
    public static JsonPlace ParseFile(byte[] json, string source)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json);
            return Fault(root) is not { } fault
                ? new JsonPlace(root, source, "")
                : throw new MedicalGptException($"{source}: the file {fault}. Copy it again from the model.");
        }
        catch (JsonException e)
        {
            throw new MedicalGptException($"{source}:{e.LineNumber + 1}: this is not JSON: {e.Message} Copy the file again from the model.", e);
        }
    }

    /// <summary>What is wrong with the Unicode of a value; null = nothing.</summary>
    public static string? Fault(JsonElement value)
    {
        var json = JsonMarshal.GetRawUtf8Value(value);
        if (!Utf8.IsValid(json))
            return "is not valid UTF-8";
        var escaped = json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;
        return escaped && !IsUnicode(value) ? "has half a surrogate pair (an escape from \\ud800 to \\udfff without its partner)" : null;
    }

    /// <summary>The first name that an object within a value has twice (of which a reader would take the last); null = none.</summary>
    public static string? Repeated(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Select(Repeated).FirstOrDefault(name => name is not null);
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            if (!names.Add(member.Name))
                return member.Name;
            else if (Repeated(member.Value) is { } inner)
                return inner;
        return null;
    }

    private static bool IsUnicode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(p => CanRead(() => p.Name) && IsUnicode(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsUnicode),
        JsonValueKind.String => CanRead(value.GetString),
        _ => true,
    };

    private static bool CanRead(Func<string?> read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
