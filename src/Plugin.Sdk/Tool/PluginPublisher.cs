using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Plugins.Tool;

/// <summary>Writes a plugin's manifest, schemas and defaults and puts the plugin into its folder of the common one.</summary>
internal static class PluginPublisher
{
    private const string SchemaPrefix = "medgpt.schema:";
    private const string BackendKey = "medgpt.backend";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Checks and publishes. The folder is swapped as a whole, so a host that runs from the old one is not disturbed.</summary>
    /// <param name="assembly">The plugin's DLL in its output folder.</param>
    /// <param name="folder">The plugin's own folder; replaced.</param>
    /// <exception cref="ToolException">The plugin must not be published as it is.</exception>
    public static void Publish(string assembly, string folder)
    {
        var shared = SharedSet.Load();
        var facts = AssemblyFactsReader.Read(assembly);
        DeclarationCheck.Check(facts);
        OutputGuard.Check(assembly, shared);

        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var next = $"{folder}.new{Environment.ProcessId}";
        CopyTree(Path.GetDirectoryName(Path.GetFullPath(assembly))!, next);
        var components = facts.Components.Select(component => WriteComponent(next, facts, component)).ToArray();
        var manifest = new PluginManifest
        {
            Format = PluginManifest.CurrentFormat,
            Id = facts.Name,
            Version = facts.Version.ToString(3),
            Assembly = Path.GetFileName(assembly),
            Contracts = facts.References.Where(r => shared.Contains(r.Key)).OrderBy(r => r.Key, StringComparer.Ordinal).ToDictionary(r => r.Key, r => r.Value.ToString()),
            Backend = facts.Metadata.GetValueOrDefault(BackendKey),
            Components = components,
        };
        File.WriteAllText(Path.Combine(next, PluginManifest.FileName), JsonSerializer.Serialize(manifest, ManifestJson.Default.PluginManifest) + "\n");
        Swap(next, folder);
    }

    private static ManifestComponent WriteComponent(string folder, AssemblyFacts facts, DeclaredComponent component)
    {
        var options = facts.OptionsNames[component.OptionsType];
        var text = facts.Metadata.GetValueOrDefault(SchemaPrefix + options)
            ?? throw new ToolException(DeclarationCheck.Code, $"component {component.Kind} '{component.Name}': the options generator wrote no schema '{options}'. Reference MedicalGpt.Generators.Options (the Plugin SDK does).");
        var schema = JsonNode.Parse(text)!.AsObject();
        var file = facts.Components.Count(other => other.Name == component.Name) > 1 ? $"{component.Kind}.{component.Name}" : component.Name;
        var result = new ManifestComponent
        {
            Kind = component.Kind,
            Name = component.Name,
            Summary = component.Summary,
            OptionsType = component.OptionsType,
            Schema = file + ".schema.json",
            Defaults = file + ".defaults.yaml",
        };
        File.WriteAllText(Path.Combine(folder, result.Schema), schema.ToJsonString(Indented) + "\n", new UTF8Encoding(false));
        File.WriteAllText(Path.Combine(folder, result.Defaults), DefaultsFile.Write(component, schema), new UTF8Encoding(false));
        return result;
    }

    private static void CopyTree(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var directory in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, directory)));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)), overwrite: true);
    }

    private static void Swap(string next, string folder)
    {
        var old = $"{folder}.old{Environment.ProcessId}";
        if (Directory.Exists(folder))
            Directory.Move(folder, old);
        Directory.Move(next, folder);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }
}
