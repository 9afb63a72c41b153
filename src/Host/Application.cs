using System.Collections;
using System.CommandLine;
using MedicalGpt.Host.CommandLine;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Commands.Run;
using MedicalGpt.Host.Commands.Train;
using MedicalGpt.Host.Jobs;
using MedicalGpt.Host.Pipeline;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace MedicalGpt.Host;

/// <summary>The program: builds the Generic Host and the command tree, runs one command, turns errors into one readable block.</summary>
internal static class Application
{
    /// <summary>How long an interrupted run may take to write its checkpoint.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["train"] = "Train a model; the stages come from plugins.",
        ["model"] = "Make, pull and look at models.",
        ["tokenizer"] = "Make tokenizers.",
        ["data"] = "Pull data, and look at it before training.",
    };

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">Words of the command line.</param>
    /// <returns>0 = success, 2 = bad input, 130 = interrupted, 1 = a fault of the program.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var general = GeneralFlags.Take(arguments);
        try
        {
            using var host = BuildHost(general, Terminal.Open(), Variables());
            await host.StartAsync();
            try
            {
                var program = host.Services.GetRequiredService<CommandProgram>();
                return await program.RunAsync(general.Words, Grace);
            }
            finally
            {
                await host.StopAsync();
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return ErrorPrinter.Print(error, general.Verbose, Console.Error);
        }
    }

    /// <summary>Builds the Generic Host.</summary>
    /// <param name="general">Flags of every command.</param>
    /// <param name="console">The terminal.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <returns>The host, not started.</returns>
    internal static IHost BuildHost(GeneralFlags general, IAnsiConsole console, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(general.Verbose ? LogLevel.Debug : LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning).AddProvider(new ErrorStreamLoggerProvider());
        builder.Services.AddSingleton(console);
        builder.Services.AddSingleton(new OptionLayer("environment", OptionLayer.FromEnvironment(environment).Settings) { IsShared = true });
        builder.Services.AddSingleton(services => new InstalledComponents(() => PluginCatalog.Open(PluginRoots.Find(general.Plugins), services.GetRequiredService<ILoggerFactory>().CreateLogger("plugins"))));
        builder.Services.AddSingleton(_ => new ComputeThread());
        builder.Services.AddSingleton<JobService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JobService>());
        builder.Services.AddSingleton<StageRunner>();
        builder.Services.AddSingleton(services => new CommandProgram(Commands(services), services.GetRequiredService<OptionLayer>(), Groups, services.GetRequiredService<InstalledComponents>(), services.GetRequiredService<IAnsiConsole>()));
        return builder.Build();
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));

    /// <summary>All commands, one per installed algorithm among them.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The commands, in the order of the help.</returns>
    internal static IReadOnlyList<IHostCommand> Commands(IServiceProvider services)
    {
        var components = services.GetRequiredService<InstalledComponents>();
        var console = services.GetRequiredService<IAnsiConsole>();
        var runner = services.GetRequiredService<StageRunner>();
        List<IHostCommand> commands =
        [
            .. components.Catalog.List(ComponentKinds.Algorithm).DistinctBy(info => info.Name).Select(info => new TrainCommand(info, new Lazy<OptionsDescriptor>(() => ComponentSchema.Read(info)), components, runner)),
            .. StandardCommands.Create(components, services.GetRequiredService<ComputeThread>, console),
        ];
        var run = new RunCommand(new CommandTable(commands), services.GetRequiredService<OptionLayer>(), console, () => services.GetRequiredService<ComputeThread>().RunAsync(MachineSpeed.Describe), PipelineSummary.Write);
        return [run, .. commands];
    }
}
