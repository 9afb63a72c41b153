using MedicalGpt.Plugins;

namespace MedicalGpt.Host.Plugins;

/// <summary>The folders in which plugins are looked for. Each holds one subfolder for each plugin, or is a plugin's folder itself.</summary>
public static class PluginRoots
{
    /// <summary>Environment variable with more folders, separated as in PATH.</summary>
    public const string Variable = "MEDGPT_PLUGINS";

    /// <summary>Setting of <c>medgpt.runtimeconfig.json</c>: where the repository's build puts plugins, relative to the host.</summary>
    public const string BuildSetting = "MedicalGpt.Plugins";

    /// <summary>Folders next to the host, of the environment, and of the command line, in this order, each once.</summary>
    /// <param name="given">Folders of <c>--plugins</c>.</param>
    /// <exception cref="PluginException">A given folder does not exist. (Folders next to the host may be missing: a host without plugins starts.)</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string>? given = null)
    {
        var roots = new List<string> { Path.Combine(AppContext.BaseDirectory, "plugins") };
        if (AppContext.GetData(BuildSetting) is string built)
            roots.Add(Path.Combine(AppContext.BaseDirectory, built));
        roots.RemoveAll(root => !Directory.Exists(root));
        var variable = Environment.GetEnvironmentVariable(Variable) ?? "";
        foreach (var root in variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            roots.Add(Existing(root, "environment " + Variable));
        foreach (var root in given ?? [])
            roots.Add(Existing(root, "option --plugins"));
        return [.. roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))).Distinct(StringComparer.Ordinal)];
    }

    private static string Existing(string root, string place) =>
        Directory.Exists(root)
            ? root
            : throw new PluginException("The plugins folder does not exist.") { Place = place, Given = root, Allowed = "an existing folder", Remedy = "correct the path, or leave it out" };
}
