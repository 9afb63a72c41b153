using MedicalGpt.Host.CommandLine;
using MedicalGpt.Host.Commands;
using MedicalGpt.Host.Tests.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MedicalGpt.Host.Tests.Support;

/// <summary>The program's own host in this process, with the plugins of the build, at a terminal of the test.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;

    private TestHost(IHost host, TestTerminal terminal) => (_host, Terminal) = (host, terminal);

    public TestTerminal Terminal { get; }

    public IReadOnlyList<IHostCommand> Commands => _host.Services.GetRequiredService<CommandProgram>().Commands;

    public IServiceProvider Services => _host.Services;

    public static async Task<TestHost> StartAsync(TestTerminal? terminal = null, IReadOnlyDictionary<string, string>? environment = null, string? plugins = null)
    {
        terminal ??= new TestTerminal();
        var host = Application.BuildHost(new GeneralFlags([], Verbose: false, [plugins ?? Path.Combine(BuiltPlugins.Artifacts, "plugins")]), terminal, environment ?? new Dictionary<string, string>());
        await host.StartAsync();
        return new TestHost(host, terminal);
    }

    /// <summary>Runs a command line as <c>medgpt</c> does, but for the exit on errors: they are thrown.</summary>
    public Task<int> RunAsync(params string[] words) => _host.Services.GetRequiredService<CommandProgram>().RunAsync(words, TimeSpan.FromMinutes(1));

    /// <summary>The block that a user would see for a command line that is refused.</summary>
    public async Task<string> RefusedAsync(params string[] words) =>
        (await Should.ThrowAsync<MedicalGptException>(() => RunAsync(words), $"medgpt {string.Join(' ', words)}\n{Terminal.Text}")).ToBlock();

    /// <summary>Checks a command line without running it.</summary>
    public PreparedCommand Prepare(string command, params string[] flags) => Prepare(command, [], flags);

    public PreparedCommand Prepare(string command, IReadOnlyList<MedicalGpt.Options.OptionLayer> below, params string[] flags)
    {
        var found = new CommandTable(Commands).Get(command);
        var line = MedicalGpt.Options.CommandLineReader.Read(flags, new MedicalGpt.Options.OptionSet(found.RecordsFor(flags)));
        return found.Prepare(new CommandRequest([.. below, _host.Services.GetRequiredService<MedicalGpt.Options.OptionLayer>(), line]));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
