using System.Text;
using System.Text.RegularExpressions;

namespace MedicalGpt.Host.Hub;

/// <summary>File patterns with <c>*</c>, <c>?</c> and <c>[abc]</c>.</summary>
internal sealed class FilePatterns
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly Regex[] _patterns;

    private FilePatterns(IEnumerable<(string Pattern, string Expression)> patterns) => _patterns = [.. patterns.Select(each => Compile(each.Pattern, each.Expression))];

    /// <summary>Patterns as the Python client reads them: <c>*</c> matches across folders, a folder's name with <c>/</c> at its end means all in it.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <returns>The matcher.</returns>
    public static FilePatterns Loose(IEnumerable<string> patterns) => new(patterns.Select(pattern => (pattern, Translate(pattern.EndsWith('/') ? pattern + "*" : pattern, ".*"))));

    /// <summary>Patterns of rows of a dataset's table: as <see cref="Strict"/>, and files that are compressed (<c>.gz</c>, <c>.zst</c>) match without that ending, as they do when rows are read.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <returns>The matcher.</returns>
    public static FilePatterns RowFiles(IEnumerable<string> patterns) => new(patterns.Select(pattern => (pattern, Translate(pattern, "[^/]*")[..^1] + @"(?:\.gz|\.zst)?$")));

    /// <summary>Patterns of a dataset's table: <c>*</c> matches within a folder, <c>**</c> across folders.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <returns>The matcher.</returns>
    public static FilePatterns Strict(IEnumerable<string> patterns) => new(patterns.Select(pattern => (pattern, Translate(pattern, "[^/]*"))));

    /// <summary>Whether a path matches one of the patterns.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether.</returns>
    public bool Match(string path) => Array.Exists(_patterns, pattern => pattern.IsMatch(path));

    private static Regex Compile(string pattern, string expression)
    {
        try
        {
            return new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new MedicalGptException("The file pattern cannot be read.", error) { Given = pattern.Length <= 200 ? pattern : pattern[..200] + " ...", Allowed = "names with *, **, ? and [abc] or [a-z]" };
        }
    }

    private static string Translate(string pattern, string star)
    {
        var text = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                var folder = i + 2 < pattern.Length && pattern[i + 2] == '/';
                text.Append(folder ? "(?:.*/)?" : ".*");
                i += folder ? 2 : 1;
            }
            else if (letter == '[' && pattern.IndexOf(']', i + 2 < pattern.Length ? i + 2 : i) is > 0 and var end && end > i + 1)
            {
                var inner = pattern[(i + 1)..end].Replace("\\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal);
                text.Append('[').Append(inner.StartsWith('!') ? "^" + inner[1..] : inner.StartsWith('^') ? "\\" + inner : inner).Append(']');
                i = end;
            }
            else
            {
                text.Append(letter switch { '*' => star, '?' => star == ".*" ? "." : "[^/]", _ => Regex.Escape(letter.ToString()) });
            }
        }

        return text.Append('$').ToString();
    }
}
