using System.Text.RegularExpressions;

namespace MedicalGpt.Host.Tests.Documentation;

/// <summary>A flag that a page's text names in inline code.</summary>
/// <param name="Place">Page and line.</param>
/// <param name="Name">The flag with its dashes.</param>
public sealed partial record DocumentedFlag(string Place, string Name)
{
    /// <summary>All flags in inline code of README and docs.</summary>
    /// <param name="root">The repository.</param>
    /// <returns>The flags.</returns>
    public static IReadOnlyList<DocumentedFlag> Find(string root) =>
        [.. from page in DocumentedCommand.Pages(root)
            from line in File.ReadLines(page).Index()
            from Match code in Code().Matches(line.Item)
            where !code.Value.Contains("dotnet", StringComparison.Ordinal)
            from Match flag in Flag().Matches(code.Value)
            select new DocumentedFlag($"{Path.GetRelativePath(root, page)}:{line.Index + 1}", flag.Value)];

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=[`\s(])--[A-Za-z][\w-]*")]
    private static partial Regex Flag();
}
