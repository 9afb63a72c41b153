namespace MedicalGpt.Host.Commands.Components;

/// <summary>Where paths lie.</summary>
internal static class PathScope
{
    /// <summary>True for a folder itself and everything in it.</summary>
    /// <param name="folder">Full path of a folder (or file).</param>
    /// <param name="path">Full path.</param>
    /// <returns>Whether.</returns>
    public static bool Holds(string folder, string path) =>
        path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
