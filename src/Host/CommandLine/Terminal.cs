using Spectre.Console;

namespace MedicalGpt.Host.CommandLine;

/// <summary>The terminal that the program was started at, or the file or pipe in its place.</summary>
internal static class Terminal
{
    /// <summary>Columns of a table that goes to a file or a pipe.</summary>
    private const int RedirectedWidth = 160;

    /// <summary>Opens standard input and output. Questions are asked only where both are a terminal.</summary>
    /// <returns>The console.</returns>
    public static IAnsiConsole Open()
    {
        var isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        });
        if (Console.IsOutputRedirected)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
