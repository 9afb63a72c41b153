using System.Text.RegularExpressions;

namespace MedicalGpt.Training.Data;

/// <summary>Finds files by a pattern: <c>*</c> matches within a folder, <c>**</c> across folders, <c>?</c> one letter, <c>[0-9]</c> one of several; compressed files (<c>.gz</c>, <c>.zst</c>) match without their ending.</summary>
internal static partial class FilePattern
{
    /// <summary>The files below a folder that match, in ordinal order.</summary>
    /// <exception cref="MedicalGptException">The pattern cannot be read, or the folder.</exception>
    public static List<string> Find(string folder, string pattern)
    {
        var whole = Whole(pattern);
        return [.. FolderWalk.Of(folder, hidden: true).Files.Where(file => whole.IsMatch(Path.GetRelativePath(folder, file).Replace('\\', '/')))];
    }

    private static Regex Whole(string pattern)
    {
        try
        {
            return new Regex($"^{Piece().Replace(pattern, Expression)}(?:\\.gz|\\.zst)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new MedicalGptException("The file pattern cannot be read.", error) { Given = pattern.Length <= 200 ? pattern : pattern[..200] + " ...", Allowed = "names with *, **, ? and [abc] or [a-z]" };
        }
    }

    private static string Expression(Match piece) => piece.Value switch
    {
        "**/" => "(?:.*/)?",
        "**" => ".*",
        "*" => "[^/]*",
        "?" => "[^/]",
        ['[', '!', .. var none, ']'] => $"[^/{Regex.Escape(none)}]",
        ['[', .. var some, ']'] => $"[{Regex.Escape(some)}]",
        var text => Regex.Escape(text),
    };

    [GeneratedRegex(@"\*\*/|\*\*|\*|\?|\[[^\]/\\^]+\]|[^*?\[]+|\[")]
    private static partial Regex Piece();
}
