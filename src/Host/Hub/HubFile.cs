using System.Text.RegularExpressions;

namespace MedicalGpt.Host.Hub;

/// <summary>A file of a repository at a commit.</summary>
/// <param name="Path">Its path in the repository, with <c>/</c>.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">Its identity, which is also its name in the cache: the SHA-256 of an LFS file, the git blob id (SHA-1) of another.</param>
internal sealed partial record HubFile(string Path, long Size, string ETag)
{
    /// <summary>Whether the identity can be checked from the content.</summary>
    public bool IsChecked => HubDigest.Known(ETag);

    /// <summary>Checks a path that the hub gives: it must stay inside the folder it is written to.</summary>
    /// <param name="path">The path.</param>
    /// <param name="place">Which repository, for errors.</param>
    /// <returns>The same path.</returns>
    /// <exception cref="MedicalGptException">It does not.</exception>
    public static string CheckPath(string path, string place)
    {
        var parts = path.Split('/');
        return path.Length is > 0 and <= 1024 && parts.All(part => part.Length is > 0 and <= 255 && part is not ("." or "..") && !part.Any(letter => letter is '\\' or < ' ' or '\u007f')) && !System.IO.Path.IsPathRooted(path)
            ? path
            : throw new MedicalGptException("The hub lists a file with a path that is not allowed; nothing was written.") { Place = place, Given = path.Length <= 200 ? path : path[..200] + " ...", Allowed = "relative paths without '..', '\\' and control characters" };
    }

    /// <summary>The identity in a header: without quotes and the mark of weak ones.</summary>
    /// <param name="header">The header's value.</param>
    /// <returns>The identity; null = the value is none that may name a file.</returns>
    public static string? ReadETag(string? header)
    {
        var text = header?.Trim();
        if (text is null)
            return null;
        text = (text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text).Trim('"');
        return PlainName().IsMatch(text) ? text : null;
    }

    [GeneratedRegex("^[0-9A-Za-z][0-9A-Za-z_-]{0,127}$", RegexOptions.ExplicitCapture)]
    private static partial Regex PlainName();
}
