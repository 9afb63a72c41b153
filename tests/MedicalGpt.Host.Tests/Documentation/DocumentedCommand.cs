using System.Text.RegularExpressions;

namespace MedicalGpt.Host.Tests.Documentation;

/// <summary>A command line that a page shows.</summary>
/// <param name="Place">Page and line.</param>
/// <param name="Text">The line, from <c>./medgpt</c> on.</param>
/// <param name="Words">Its words behind <c>./medgpt</c>.</param>
public sealed partial record DocumentedCommand(string Place, string Text, IReadOnlyList<string> Words)
{
    private const string Start = "./medgpt";

    /// <summary>All lines of <c>sh</c> blocks that begin with <c>./medgpt</c>; lines that end with a backslash are joined.</summary>
    /// <param name="root">The repository.</param>
    /// <returns>The commands.</returns>
    public static IReadOnlyList<DocumentedCommand> Find(string root) =>
        [.. Pages(root).SelectMany(page => Read(Path.GetRelativePath(root, page), File.ReadAllLines(page)))];

    /// <summary>README in both languages and every page of docs.</summary>
    /// <param name="root">The repository.</param>
    /// <returns>Paths.</returns>
    public static IEnumerable<string> Pages(string root) =>
        new[] { "README.md", "README.zh.md" }.Select(page => Path.Combine(root, page))
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal));

    /// <summary>The commands of one page.</summary>
    /// <param name="page">Its name.</param>
    /// <param name="lines">Its lines.</param>
    /// <returns>The commands.</returns>
    public static IEnumerable<DocumentedCommand> Read(string page, IReadOnlyList<string> lines)
    {
        var inside = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside && lines[i] == "```sh";
                continue;
            }

            var place = $"{page}:{i + 1}";
            var text = lines[i].Trim();
            while (inside && text.EndsWith('\\') && i + 1 < lines.Count)
                text = text[..^1] + lines[++i].Trim();
            if (inside && text.StartsWith(Start, StringComparison.Ordinal))
                yield return new DocumentedCommand(place, text, [.. Word().Matches(Comment().Replace(text[Start.Length..], "")).Select(word => word.Value.Trim('\'', '"'))]);
        }
    }

    [GeneratedRegex("""'[^']*'|"[^"]*"|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s#\s.*$")]
    private static partial Regex Comment();
}
