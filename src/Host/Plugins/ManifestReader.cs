using System.Text.Json;
using MedicalGpt.Plugins;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Plugins;

/// <summary>Reads and checks a <c>plugin.json</c>. It comes from outside: its size is bounded and the files it names must lie beside it.</summary>
internal static class ManifestReader
{
    private const long MaxBytes = 1 << 20;
    private const string Remedy = "rebuild the plugin with this host's Plugin SDK, or copy its folder again";

    /// <summary>Reads the manifest of a folder.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <exception cref="PluginException">The manifest cannot be used.</exception>
    public static PluginFolder Read(string folder)
    {
        var path = Path.Combine(folder, PluginManifest.FileName);
        var manifest = Parse(path);
        if (manifest.Format != PluginManifest.CurrentFormat)
            throw Refuse(path, "The plugin's manifest has another format.", $"format {manifest.Format}", $"format {PluginManifest.CurrentFormat}");
        if (manifest.Id.Length == 0)
            throw Refuse(path, "The plugin's manifest names no id.");
        CheckFileName(path, "assembly", manifest.Assembly, ".dll");
        foreach (var component in manifest.Components)
        {
            if (component.Kind.Length == 0 || component.Name.Length == 0)
                throw Refuse(path, "The plugin's manifest lists a component without kind or name.");
            CheckFileName(path, "schema", component.Schema, ".json");
            CheckFileName(path, "defaults", component.Defaults, ".yaml");
        }

        var plugin = new PluginFolder(folder, manifest);
        if (!File.Exists(plugin.MainDll))
            throw Refuse(path, $"The plugin's main assembly {manifest.Assembly} is not in its folder.");
        return plugin;
    }

    private static PluginManifest Parse(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxBytes)
                throw Refuse(path, "The plugin's manifest is too large.", $"{length} bytes", $"up to {MaxBytes} bytes");
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ManifestJson.Default.PluginManifest)
                ?? throw Refuse(path, "The plugin's manifest is empty.");
        }
        catch (JsonException error)
        {
            throw new PluginException($"The plugin's manifest is not valid JSON (line {error.LineNumber + 1}).", error) { Place = path, Remedy = Remedy };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PluginException("The plugin's manifest cannot be read: " + error.Message, error) { Place = path, Remedy = Remedy };
        }
    }

    private static void CheckFileName(string path, string field, string name, string extension)
    {
        if (name.Length <= extension.Length || Path.GetFileName(name) != name || !name.EndsWith(extension, StringComparison.Ordinal))
            throw Refuse(path, $"The plugin's manifest has a bad file name in '{field}'.", $"'{name}'", $"the name of a {extension} file in the plugin's folder, without a path");
    }

    private static PluginException Refuse(string path, string message, string? given = null, string? allowed = null) =>
        new(message) { Place = path, Given = given, Allowed = allowed, Remedy = Remedy };
}
