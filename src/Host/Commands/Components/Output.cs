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
    /// <param name="style">Its colour, where the terminal has colours.</param>
    public static void Line(this IAnsiConsole console, string text = "", LineStyle style = LineStyle.Plain)
    {
        var coloured = style != LineStyle.Plain && console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
        console.Profile.Out.Writer.WriteLine(coloured ? $"\u001b[{(int)style}m{text}\u001b[0m" : text);
    }
}
