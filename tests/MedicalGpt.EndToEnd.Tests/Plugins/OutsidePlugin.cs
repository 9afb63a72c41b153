using System.Diagnostics;

namespace MedicalGpt.EndToEnd.Tests.Plugins;

/// <summary>The sample algorithm, copied out of the repository and built there from packages that were just packed; once for all tests of a class.</summary>
public sealed class OutsidePlugin : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly TemporaryFolder folder = new();

    /// <summary>The folder to give as <c>--plugins</c>.</summary>
    public string Plugins => Path.Combine(folder["simpo"], "bin", "plugins");

    /// <summary>The plugin's own folder.</summary>
    public string Folder => Path.Combine(Plugins, "Samples.Algorithms.SimPo");

    public async Task InitializeAsync()
    {
        var source = Path.Combine(Medgpt.Root, "samples", "Algorithms.SimPo");
        Directory.CreateDirectory(folder["simpo"]);
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(folder["simpo"], Path.GetFileName(file)));
        await Run("bash", [Path.Combine(Medgpt.Root, "eng", "pack.sh"), folder["feed"], "--no-build"], Medgpt.Root, []);
        await Run("dotnet", ["build", "-c", "Release", "-v", "q", "--nologo", "-p:UseSharedCompilation=false"], folder["simpo"], new()
        {
            ["MEDGPT_PACKAGES"] = folder["feed"],
            // A package folder of its own: what this build restores is what was just packed. Packages of others come from the machine's cache.
            ["NUGET_PACKAGES"] = folder["packages"],
            ["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        });
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    private static async Task Run(string program, string[] arguments, string directory, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test host's own MSBuild variables must not steer the build.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} ran longer than {Limit}");
        }

        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await errors}");
    }
}
