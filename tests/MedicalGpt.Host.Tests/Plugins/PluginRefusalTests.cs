using MedicalGpt.Host.Plugins;
using MedicalGpt.Plugins;
using MedicalGpt.Rewards;
using Microsoft.Extensions.Logging;

namespace MedicalGpt.Host.Tests.Plugins;

/// <summary>Every refusal, word by word: it names the plugin's place, what was given, what is allowed and the remedy.</summary>
public sealed class PluginRefusalTests : IDisposable
{
    private readonly BuiltPlugins built = new();

    public void Dispose() => built.Dispose();

    [Fact]
    public void Old_contract()
    {
        var folder = built.Install("OldContract")[0];
        var expected = $"""
            error: Plugin MedicalGpt.Fixtures.OldContract was built against another version of the contract.
              place:   {folder}
              given:   built against MedicalGpt.Abstractions 0.0
              allowed: MedicalGpt.Abstractions 0.1, which this host has
              remedy:  rebuild the plugin with MedicalGpt.Plugin.Sdk 0.1, or take the plugin's version for this host
            """;
        Refusal("old-contract").ShouldBe(expected);

        // The manifest may lie; the compiled DLL decides.
        var manifest = Path.Combine(folder, "plugin.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("0.0.9.0", "0.1.0.0"));
        Refusal("old-contract").ShouldBe(expected);
    }

    [Fact]
    public void Other_tensor_library()
    {
        var folder = built.Install("OtherBackend")[0];
        Refusal("other-backend").ShouldBe(
            $"""
            error: Plugin MedicalGpt.Fixtures.OtherBackend was built for another tensor library.
              place:   {folder}
              given:   built for 'torchsharp'
              allowed: 'medgpt-libtorch', which this host runs on
              remedy:  rebuild the plugin with this host's Plugin SDK, or use a host of the plugin's tensor library
            """);
    }

    [Fact]
    public void Throwing_while_registering()
    {
        var folder = built.Install("Throwing")[0];
        var error = Should.Throw<PluginException>(() => Catalog().Get<IRewardFunction>("throwing"));
        error.ToBlock().ShouldBe(
            $"""
            error: Plugin MedicalGpt.Fixtures.Throwing failed while registering: InvalidOperationException: this fixture always fails
              place:   {folder}
              remedy:  this is a fault of the plugin: report it to its authors, with the details that --verbose prints
            """);
        error.InnerException.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void Registering_other_than_declared()
    {
        var folder = built.Install("Undeclared")[0];
        Refusal("undeclared").ShouldBe(
            $"""
            error: Plugin MedicalGpt.Fixtures.Undeclared registers other components than it declares.
              place:   {folder}
              given:   registered: reward 'another-name' (MedicalGpt.Fixtures.Undeclared.UndeclaredOptions)
              allowed: declared: reward 'undeclared' (MedicalGpt.Fixtures.Undeclared.UndeclaredOptions)
              remedy:  make [assembly: PluginComponent(…)] and Register agree, one for one, and rebuild the plugin
            """);
    }

    [Fact]
    public void Missing_dependency()
    {
        var folder = built.Install("MissingDependency")[0];
        Refusal("missing-dependency").ShouldBe(
            $"""
            error: Plugin MedicalGpt.Fixtures.MissingDependency needs the assembly MedicalGpt.Fixtures.Helper 0.1.0, which is neither in its folder nor part of the host.
              place:   {folder}
              remedy:  put MedicalGpt.Fixtures.Helper.dll beside MedicalGpt.Fixtures.MissingDependency.dll, or build the plugin with the Plugin SDK, which copies what it needs
            """);
    }

    [Fact]
    public void A_dependency_that_was_deleted_is_missing_too()
    {
        var folder = built.Install("Good")[0];
        File.Delete(Path.Combine(folder, "MedicalGpt.Fixtures.Helper.dll"));
        Refusal("word-limit").ShouldContain("needs the assembly MedicalGpt.Fixtures.Helper 0.1.0, which is neither in its folder nor part of the host.");
    }

    [Fact]
    public void A_bundled_copy_of_the_contract_fails_the_build()
    {
        var (exit, text) = BuiltPlugins.Publish(Path.Combine(BuiltPlugins.Output("Bundled"), "MedicalGpt.Fixtures.Bundled.dll"), Path.Combine(built.Root, "Bundled"));
        exit.ShouldBe(1);
        text.ShouldBe(
            "MedicalGpt.Fixtures.Bundled.dll : error MGPT102: the plugin's output holds MedicalGpt.Abstractions.dll, which the host shares with every plugin. "
            + "Remove the copy: leave references to the shared set to the Plugin SDK (MedicalGptContracts), and give a package that brings it along ExcludeAssets=\"runtime;native\".");
        Directory.Exists(Path.Combine(built.Root, "Bundled")).ShouldBeFalse();
    }

    [Fact]
    public void A_bundled_copy_that_got_in_afterwards_is_passed_over_with_a_warning()
    {
        var folder = built.Install("Good")[0];
        File.Copy(Path.Combine(BuiltPlugins.Output("Bundled"), "MedicalGpt.Abstractions.dll"), Path.Combine(folder, "MedicalGpt.Abstractions.dll"));
        var log = new ListLogger();

        PluginCatalog.Open([built.Root], log).Get<IRewardFunction>("word-limit").Options.Name.ShouldBe("word_limit");

        log.Lines.ShouldBe([$"Warning: Plugin MedicalGpt.Fixtures.Good brings its own MedicalGpt.Abstractions.dll; the host's is used. ({folder})"]);
    }

    [Fact]
    public void A_broken_plugin_that_nobody_asks_for_is_a_warning()
    {
        var folders = built.Install("Good", "OldContract");
        var log = new ListLogger();
        var catalog = PluginCatalog.Open([built.Root], log);

        catalog.Get<IRewardFunction>("word-limit").Info.Plugin.ShouldBe("MedicalGpt.Fixtures.Good");
        catalog.List(ComponentKinds.Reward).Select(component => component.Name).ShouldBe(["word-limit"]);
        log.Lines.ShouldBe([$"Warning: Plugin MedicalGpt.Fixtures.OldContract was built against another version of the contract. It is left out. ({folders[1]})"]);
    }

    [Fact]
    public void A_manifest_that_is_not_json()
    {
        var folder = built.Install("Good")[0];
        var path = Path.Combine(folder, "plugin.json");
        File.WriteAllText(path, "{\n  \"format\": 1,\n  oops\n}");
        Catalog().Plugins.ShouldHaveSingleItem().Problem!.ToBlock().ShouldBe(
            $"""
            error: The plugin's manifest is not valid JSON (line 3).
              place:   {path}
              remedy:  rebuild the plugin with this host's Plugin SDK, or copy its folder again
            """);
        Refusal("word-limit").ShouldContain($"left out: {folder}: The plugin's manifest is not valid JSON (line 3).");
    }

    [Theory]
    [InlineData("../../outside.dll")]
    [InlineData("/etc/outside.dll")]
    [InlineData("MedicalGpt.Fixtures.Good.exe")]
    public void A_manifest_cannot_point_out_of_its_folder(string assembly)
    {
        var path = Path.Combine(built.Install("Good")[0], "plugin.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("MedicalGpt.Fixtures.Good.dll", assembly));
        Catalog().Plugins.ShouldHaveSingleItem().Problem!.ToBlock().ShouldBe(
            $"""
            error: The plugin's manifest has a bad file name in 'assembly'.
              place:   {path}
              given:   '{assembly}'
              allowed: the name of a .dll file in the plugin's folder, without a path
              remedy:  rebuild the plugin with this host's Plugin SDK, or copy its folder again
            """);
    }

    [Fact]
    public void A_manifest_of_a_later_format()
    {
        var path = Path.Combine(built.Install("Good")[0], "plugin.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"format\": 1", "\"format\": 2"));
        var problem = Catalog().Plugins.ShouldHaveSingleItem().Problem!;
        (problem.Given, problem.Allowed).ShouldBe(("format 2", "format 1"));
    }

    [Fact]
    public void A_dll_that_is_none()
    {
        var folder = built.Install("Good")[0];
        File.WriteAllText(Path.Combine(folder, "MedicalGpt.Fixtures.Good.dll"), "not a DLL");
        Refusal("word-limit").ShouldBe(
            $"""
            error: Plugin MedicalGpt.Fixtures.Good: MedicalGpt.Fixtures.Good.dll is not a .NET assembly.
              place:   {folder}/MedicalGpt.Fixtures.Good.dll
              remedy:  copy the plugin's folder again, or rebuild it
            """);
    }

    [Fact]
    public void A_plugins_folder_that_does_not_exist()
    {
        Should.Throw<PluginException>(() => PluginRoots.Find(["/nowhere/plugins"])).ToBlock().ShouldBe(
            """
            error: The plugins folder does not exist.
              place:   option --plugins
              given:   /nowhere/plugins
              allowed: an existing folder
              remedy:  correct the path, or leave it out
            """);
    }

    private PluginCatalog Catalog() => PluginCatalog.Open([built.Root]);

    private string Refusal(string reward) => Should.Throw<PluginException>(() => Catalog().Get<IRewardFunction>(reward)).ToBlock();

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
