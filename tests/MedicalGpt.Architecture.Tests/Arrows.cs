namespace MedicalGpt.Architecture.Tests;

/// <summary>The allowed arrows between projects (docs: DESIGN section 3), read from project files.</summary>
internal static class Arrows
{
    private const string Prefix = "MedicalGpt.";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Abstractions"] = [],
        ["Torch"] = [],
        ["Abstractions.Training"] = ["Abstractions", "Torch"],
        ["Modeling"] = ["Abstractions.Training", "Abstractions", "Torch"],
        ["Training"] = ["Modeling", "Abstractions.Training", "Abstractions", "Torch"],
        ["Host"] = ["Training", "Modeling", "Abstractions.Training", "Abstractions", "Torch"],
        ["Generators.Options"] = [],
        ["Generators.Torch"] = [],
        ["Plugin.Tool"] = [],
    };

    private static readonly Dictionary<string, string> Contracts = new()
    {
        ["Algorithms"] = "Training",
        ["Models"] = "Modeling",
        ["Datasets"] = "Text",
        ["Rewards"] = "Text",
    };

    /// <summary>What a project file breaks, one text for each arrow.</summary>
    /// <param name="file">Path from the root.</param>
    /// <param name="project">Its XML.</param>
    public static IEnumerable<string> Violations(string file, XDocument project)
    {
        var name = Short(file);
        var targets = from reference in project.Descendants("ProjectReference")
                      where (string?)reference.Attribute("OutputItemType") != "Analyzer"
                      from include in ((string)reference.Attribute("Include")!).Split(';')
                      select Short(include);
        return file.StartsWith("plugins", StringComparison.Ordinal) ? Plugin(name, project, targets) : Source(name, targets);
    }

    private static IEnumerable<string> Source(string name, IEnumerable<string> targets) =>
        Allowed.TryGetValue(name, out var allowed)
            ? targets.Where(target => !allowed.Contains(target)).Select(target => $"{name} -> {target}")
            : [$"{name} has no entry in the table of arrows"];

    private static IEnumerable<string> Plugin(string name, XDocument project, IEnumerable<string> targets)
    {
        foreach (var target in targets)
            yield return $"plugin {name} -> {target}: plugins reference through MedicalGptContracts only";
        var contracts = project.Descendants("MedicalGptContracts").Select(element => element.Value).SingleOrDefault() ?? "Text";
        if (!Contracts.TryGetValue(name.Split('.')[0], out var expected))
            yield return $"plugin {name} is of no known kind ({string.Join(", ", Contracts.Keys)})";
        else if (contracts != expected)
            yield return $"plugin {name} sees {contracts}, its kind may see {expected}";
    }

    private static string Short(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
