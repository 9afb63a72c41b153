namespace MedicalGpt.Architecture.Tests;

/// <summary>Files of the repository as they are on disk.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = ["artifacts", "bin", "obj", ".git"];

    /// <summary>The repository's root: this runs from artifacts/bin/Project/configuration/.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>Files below folders of the root, without build output, as paths from the root.</summary>
    public static IReadOnlyList<string> Files(string pattern, params string[] folders) =>
        [.. folders.Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(Skipped.Contains))
            .Order(StringComparer.Ordinal)];

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The built assembly of a project.</summary>
    public static string Assembly(string project)
    {
        var name = XDocument.Parse(Text(project)).Descendants("AssemblyName").Select(element => element.Value).FirstOrDefault() ?? Path.GetFileNameWithoutExtension(project);
        return Path.Combine(Root, "artifacts", "bin", Path.GetFileNameWithoutExtension(project), Configuration, name + ".dll");
    }
}
