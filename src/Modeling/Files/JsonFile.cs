using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling;

/// <summary>JSON files of models and adapters, read with bounds and readable errors, written as Python does (two spaces, line feeds).</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static JsonObject ReadObject(string path, long largest)
    {
        if (!File.Exists(path))
            throw new MedicalGptException($"{path}: the file does not exist");
        var length = new FileInfo(path).Length;
        if (length > largest)
            throw new MedicalGptException($"{path}: {length} bytes; at most {largest} are read");
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { MaxDepth = 64 }) as JsonObject
                ?? throw new MedicalGptException($"{path}: a JSON object is needed");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new MedicalGptException($"{path}: not valid JSON: {error.Message}", error);
        }
    }

    public static void Write(string path, JsonNode json, bool trailingNewLine)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, json.ToJsonString(Indented) + (trailingNewLine ? "\n" : ""));
        File.Move(temporary, path, overwrite: true);
    }
}
