namespace MedicalGpt.Host.CommandLine;

/// <summary>Flags that every command takes.</summary>
/// <param name="Words">The other words.</param>
/// <param name="Verbose"><c>--verbose</c>: stack traces and debug logs.</param>
/// <param name="Plugins">Folders of <c>--plugins</c>.</param>
internal sealed record GeneralFlags(string[] Words, bool Verbose, IReadOnlyList<string> Plugins)
{
    /// <summary>Takes the general flags out of the command line.</summary>
    /// <param name="arguments">All words.</param>
    /// <returns>The flags and the other words.</returns>
    public static GeneralFlags Take(string[] arguments)
    {
        var words = new List<string>();
        var plugins = new List<string>();
        var verbose = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--verbose")
                verbose = true;
            else if (arguments[i] == "--plugins" && i + 1 < arguments.Length)
                plugins.Add(arguments[++i]);
            else if (arguments[i].StartsWith("--plugins=", StringComparison.Ordinal))
                plugins.Add(arguments[i]["--plugins=".Length..]);
            else
                words.Add(arguments[i]);
        }

        return new GeneralFlags([.. words], verbose, plugins);
    }
}
