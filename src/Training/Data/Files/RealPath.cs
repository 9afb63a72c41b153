namespace MedicalGpt.Training;

/// <summary>Paths as the disk sees them, for telling whether two of them are one folder.</summary>
public static class RealPath
{
    /// <summary>A path, absolute, with every link in it resolved and without a separator at its end.</summary>
    /// <param name="path">A file or folder, which need not be there.</param>
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var here = Path.Combine(Of(parent), Path.GetFileName(full));
        var entry = new DirectoryInfo(here);
        return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : here;
    }

    /// <summary>Whether two paths lead to the same place.</summary>
    /// <param name="one">A path.</param>
    /// <param name="other">Another.</param>
    public static bool IsSame(string one, string other) => Of(one) == Of(other);
}
