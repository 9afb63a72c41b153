using System.Text.Json;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Plugins.Tool;

/// <summary>Fails a build whose output brings its own copy of what the host shares: such a copy would be a second set of types, and natives weigh gigabytes.</summary>
internal static class OutputGuard
{
    /// <summary>Id of the diagnostic.</summary>
    public const string Code = "MGPT102";

    /// <summary>Checks files and deps.json of a plugin's output folder.</summary>
    /// <param name="assembly">The plugin's DLL.</param>
    /// <param name="shared">What is shared.</param>
    /// <exception cref="ToolException">A shared file is there, or deps.json says that it belongs there.</exception>
    public static void Check(string assembly, SharedSet shared)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(assembly))!;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (shared.IsSharedFile(file))
                throw Refuse("the plugin's output holds " + Path.GetRelativePath(folder, file));
        }

        var deps = Path.ChangeExtension(assembly, ".deps.json");
        if (!File.Exists(deps))
            return;
        using var json = JsonDocument.Parse(File.ReadAllBytes(deps));
        foreach (var asset in Assets(json.RootElement))
        {
            if (shared.IsSharedFile(asset))
                throw Refuse($"{Path.GetFileName(deps)} lists {Path.GetFileName(asset)}");
        }
    }

    private static IEnumerable<string> Assets(JsonElement root) =>
        from target in root.GetProperty("targets").EnumerateObject()
        from library in target.Value.EnumerateObject()
        from kind in library.Value.EnumerateObject()
        where kind.Name is "runtime" or "native" or "runtimeTargets"
        from asset in kind.Value.EnumerateObject()
        select asset.Name;

    private static ToolException Refuse(string what) => new(
        Code,
        what + ", which the host shares with every plugin. Remove the copy: leave references to the shared set to the Plugin SDK (MedicalGptContracts), and give a package that brings it along ExcludeAssets=\"runtime;native\".");
}
