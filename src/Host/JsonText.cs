using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedicalGpt.Host;

/// <summary>How the host writes JSON for people and programs.</summary>
internal static class JsonText
{
    /// <summary>Indented, Chinese and other letters as they are.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line, Chinese and other letters as they are.</summary>
    public static JsonSerializerOptions Line { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
