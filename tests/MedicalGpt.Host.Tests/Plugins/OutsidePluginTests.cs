using System.Diagnostics;
using MedicalGpt.Data;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Host.Tests.Plugins;

/// <summary>The sample algorithm, built outside the repository from the packed packages and loaded as a plugin.</summary>
public sealed class OutsidePluginTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly BuiltPlugins built = new();

    public void Dispose() => built.Dispose();

    [Fact]
    public async Task A_sample_builds_from_packages_loads_and_gives_its_loss()
    {
        var repository = Path.GetFullPath(Path.Combine(BuiltPlugins.Artifacts, ".."));
        var feed = Path.Combine(built.Root, "feed");
        var project = BuiltPlugins.Copy(Path.Combine(repository, "samples", "Algorithms.SimPo"), Path.Combine(built.Root, "simpo"));
        await Run("bash", [Path.Combine(repository, "eng", "pack.sh"), feed, "--no-build"], repository);
        await Run("dotnet", ["build", "-c", "Release", "-v", "q", "--nologo", "-p:UseSharedCompilation=false"], project, new()
        {
            ["MEDGPT_PACKAGES"] = feed,
            // Own package folder: what this build restores is what was just packed. Packages of others come from the machine's cache.
            ["NUGET_PACKAGES"] = Path.Combine(built.Root, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        });

        var folder = Path.Combine(project, "bin", "plugins", "Samples.Algorithms.SimPo");
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            ["Samples.Algorithms.SimPo.deps.json", "Samples.Algorithms.SimPo.dll", "Samples.Algorithms.SimPo.pdb", "Samples.Algorithms.SimPo.runtimeconfig.json", "Samples.Algorithms.SimPo.xml", "plugin.json", "simpo.defaults.yaml", "simpo.schema.json"]);
        File.ReadAllText(Path.Combine(folder, "simpo.defaults.yaml")).ShouldContain("beta: 2.5\n");

        var catalog = PluginCatalog.Open([Path.GetDirectoryName(folder)!]);
        catalog.List(ComponentKinds.Algorithm).ShouldHaveSingleItem().Summary.ShouldBe("Simple preference optimisation, without a reference model");
        var component = catalog.Get<IAlgorithm>("simpo");
        component.Options["gamma"].Default.ShouldBe("1.375");
        component.Options.StageDefaults.ShouldBe([new StageDefault("learning_rate", "1e-6")]);
        CheckLoss(component);
    }

    /// <summary>TRL's SimPO (reference/trl.md section 9): mean log-probabilities −1.5 and −1.8, β 2, γ 0.5 give 0.6443966600 = −log σ(2 · 0.3 − 0.5).</summary>
    private static void CheckLoss(RegisteredComponent<IAlgorithm> component)
    {
        var resolution = OptionResolver.Resolve(
            new OptionSet(OptimizerOptions.Descriptor, component.Options),
            [new OptionLayer("test", [new OptionSetting("--simpo_beta", "test", "2"), new OptionSetting("--gamma", "test", "0.5")])]);
        var options = component.Bind(resolution);
        resolution.ThrowIfInvalid();
        var algorithm = component.Create(options, new NoServices());
        algorithm.Roles.ShouldBe(ModelRoles.Policy);

        using var scope = NewDisposeScope();
        var context = new FixedModelContext([-1.0f, -2.0f, -1.8f]);
        var row = algorithm.Encode(new TokenizedPair([1], [2, 3], [4]), null!).Example.ShouldNotBeNull();
        var update = algorithm.Plan(new OfflineExperience([row]), context).ShouldHaveSingleItem();
        var result = algorithm.Loss(update.MicroBatches[0], Denominators.Sum(update.MicroBatches), context);
        ((double)result.Loss.item<float>()).ShouldBe(0.6443966600, 1e-6);
        result.Metrics.Values["rewards/margins"].ShouldBe(0.6, 1e-6);
    }

    private static async Task Run(string program, string[] arguments, string folder, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test host's own MSBuild and SDK variables must not steer the build.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in environment ?? [])
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

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
