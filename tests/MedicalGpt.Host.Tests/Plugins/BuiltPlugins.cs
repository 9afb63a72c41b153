using System.Diagnostics;

namespace MedicalGpt.Host.Tests.Plugins;

/// <summary>The fixture plugins that the build of this project has made, and a scratch folder to arrange them in.</summary>
public sealed class BuiltPlugins : IDisposable
{
    private const string Prefix = "MedicalGpt.Fixtures.";

    public BuiltPlugins() => Root = Directory.CreateTempSubdirectory("medgpt-plugins-").FullName;

    /// <summary>artifacts/ of the repository, from artifacts/bin/Project/configuration/.</summary>
    public static string Artifacts => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    /// <summary>An empty folder of this test.</summary>
    public string Root { get; }

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string Published(string fixture) => Path.Combine(Artifacts, "test-plugins", Prefix + fixture);

    public static string Output(string fixture) => Path.Combine(Artifacts, "bin", Prefix + fixture, Configuration);

    /// <summary>Copies published fixtures below <see cref="Root"/> and gives their folders.</summary>
    public string[] Install(params string[] fixtures) => [.. fixtures.Select(fixture => Copy(Published(fixture), Path.Combine(Root, fixture)))];

    public static string Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        return target;
    }

    /// <summary>Runs the Plugin SDK's tool as a plugin's build does.</summary>
    public static (int Exit, string Text) Publish(string assembly, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Artifacts, "bin", "MedicalGpt.Plugin.Tool", Configuration, "MedicalGpt.Plugin.Tool.dll"), assembly, folder])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text.Trim());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
