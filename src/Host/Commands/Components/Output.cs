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

    /// <summary>A text as a terminal may show it: characters that steer a terminal, or turn the order of letters around, are shown as U+FFFD (as <see cref="MedicalGptException.ToBlock"/> does), because names and licences come from others.</summary>
    /// <param name="text">The text; line ends and tabs stay.</param>
    public static string Visible(string text) =>
        text.Any(Steers) ? string.Create(text.Length, text, (visible, from) =>
        {
            for (var i = 0; i < visible.Length; i++)
                visible[i] = Steers(from[i]) ? '\uFFFD' : from[i];
        }) : text;

    private static bool Steers(char character) => (char.IsControl(character) && character is not ('\n' or '\t')) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Writes a line: no wrapping, no markup, and nothing in it steers the terminal (<see cref="Visible"/>).</summary>
    /// <param name="console">The console.</param>
    /// <param name="text">The line.</param>
    /// <param name="style">Its colour, where the terminal has colours.</param>
    public static void Line(this IAnsiConsole console, string text = "", LineStyle style = LineStyle.Plain)
    {
        text = Visible(text);
        var coloured = style != LineStyle.Plain && console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
        console.Profile.Out.Writer.WriteLine(coloured ? $"\u001b[{(int)style}m{text}\u001b[0m" : text);
    }
}
