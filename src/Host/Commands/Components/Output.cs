using System.Text.Json.Nodes;
using Spectre.Console;

namespace MedicalGpt.Host.Commands.Components;

/// <summary>Writes results for people and for programs.</summary>
internal static class Output
{
    /// <summary>Writes JSON to standard output as it is: no wrapping, no markup.</summary>
    /// <param name="console">The console.</param>
    /// <param name="json">The value.</param>
    public static void Json(this IAnsiConsole console, JsonNode json) => console.Profile.Out.Writer.WriteLine(json.ToJsonString(JsonText.Readable));

    /// <summary>Writes a line as it is: no wrapping, no markup.</summary>
    /// <param name="console">The console.</param>
    /// <param name="text">The line.</param>
    public static void Line(this IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);
}
