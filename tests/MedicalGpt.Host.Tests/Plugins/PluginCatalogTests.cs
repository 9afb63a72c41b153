using System.Runtime.Loader;
using MedicalGpt.Data;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Rewards;

namespace MedicalGpt.Host.Tests.Plugins;

public sealed class PluginCatalogTests : IDisposable
{
    private readonly BuiltPlugins built = new();

    public void Dispose() => built.Dispose();

    [Fact]
    public void Lists_components_and_their_options_without_loading_the_plugin()
    {
        var folder = built.Install("Good")[0];
        // A DLL that cannot be loaded at all: listing must not touch it.
        File.WriteAllText(Path.Combine(folder, "MedicalGpt.Fixtures.Good.dll"), "not a DLL");

        var catalog = PluginCatalog.Open([built.Root]);

        var component = catalog.List(ComponentKinds.Reward).ShouldHaveSingleItem();
        component.Name.ShouldBe("word-limit");
        component.Summary.ShouldBe("Rewards short answers.");
        component.Plugin.ShouldBe("MedicalGpt.Fixtures.Good");
        component.Folder.ShouldBe(folder);
        catalog.List(ComponentKinds.Algorithm).ShouldBeEmpty();
        var option = ComponentSchema.Read(component)["max_words"];
        option.ShouldSatisfyAllConditions(
            () => option.Type.ShouldBe(OptionType.Integer),
            () => option.Default.ShouldBe("3"),
            () => option.Min.ShouldBe(1),
            () => option.Max.ShouldBe(1000),
            () => option.Unit.ShouldBe("words"),
            () => option.Aliases.ShouldBe(["limit"]),
            () => option.Summary.ShouldBe("Answers up to this long get the reward."));
    }

    [Fact]
    public void Schema_read_from_file_equals_the_loaded_descriptor()
    {
        built.Install("Good");
        var catalog = PluginCatalog.Open([built.Root]);
        var read = ComponentSchema.Read(catalog.List(ComponentKinds.Reward)[0]);
        var loaded = catalog.Get<IRewardFunction>("word-limit").Options;

        read.Name.ShouldBe(loaded.Name);
        read.TypeName.ShouldBe(loaded.TypeName);
        read.Summary.ShouldBe(loaded.Summary);
        read.Options.Select(Text).ShouldBe(loaded.Options.Select(Text));

        static string Text(OptionDescriptor o) => string.Join("|", o.Key, o.Type, o.Default, o.Min, o.Max, o.Unit, o.Summary, string.Join(",", o.Aliases), o.Nullable, o.Required);
    }

    [Fact]
    public async Task Makes_a_component_from_options_and_runs_it()
    {
        built.Install("Good");
        var component = PluginCatalog.Open([built.Root]).Get<IRewardFunction>("word-limit");
        var resolution = OptionResolver.Resolve(
            new OptionSet(component.Options),
            [new OptionLayer("test", [new OptionSetting("--limit", "test", "2")])]);
        var options = component.Bind(resolution);
        resolution.ThrowIfInvalid();

        var reward = component.Create(options, new NoServices());
        var scores = await reward.ScoreAsync([Sample("one two"), Sample("one two three")], CancellationToken.None);

        scores.Select(score => score.Value).ShouldBe([1.5, 0.0]);
        component.OptionsType.Name.ShouldBe("WordLimitOptions");
        var context = AssemblyLoadContext.GetLoadContext(reward.GetType().Assembly)!;
        context.ShouldNotBe(AssemblyLoadContext.Default);
        context.IsCollectible.ShouldBeFalse();
        context.Assemblies.Select(assembly => assembly.GetName().Name).ShouldBe(["MedicalGpt.Fixtures.Good", "MedicalGpt.Fixtures.Helper"], ignoreOrder: true);
    }

    [Fact]
    public void Wrong_option_values_are_refused_before_the_component_is_made()
    {
        built.Install("Good");
        var component = PluginCatalog.Open([built.Root]).Get<IRewardFunction>("word-limit");
        var values = new OptionValues(new Dictionary<string, OptionSetting> { ["max_words"] = new("max_words", "test", "0") });
        Should.Throw<OptionsException>(() => component.Create(values, new NoServices()))
            .Message.ShouldContain("--max-words: given '0' (test); allowed: a whole number >= 1 and <= 1000");
    }

    [Fact]
    public void A_host_without_plugins_lists_none_and_says_where_they_go()
    {
        var catalog = PluginCatalog.Open([]);
        catalog.Plugins.ShouldBeEmpty();
        catalog.List(ComponentKinds.Algorithm).ShouldBeEmpty();
        Should.Throw<PluginException>(() => catalog.Get<IRewardFunction>("word-limit")).ToBlock().ShouldBe(
            $"""
            error: No plugin gives the reward 'word-limit'.
              remedy:  no plugins are installed: put them into {Path.Combine(AppContext.BaseDirectory, "plugins")}, or name their folder with MEDGPT_PLUGINS or --plugins
            """);
    }

    [Fact]
    public void An_unknown_name_gets_the_nearest_and_the_list()
    {
        built.Install("Good", "Undeclared");
        Should.Throw<PluginException>(() => PluginCatalog.Open([built.Root]).Get<IRewardFunction>("word-limt")).ToBlock().ShouldBe(
            """
            error: No plugin gives the reward 'word-limt'.
              allowed: undeclared, word-limit
              remedy:  did you mean 'word-limit'?
            """);
    }

    [Fact]
    public void Two_plugins_with_one_name_are_refused_naming_both_folders()
    {
        var first = built.Install("Good")[0];
        var second = BuiltPlugins.Copy(first, Path.Combine(built.Root, "Second"));
        Should.Throw<PluginException>(() => PluginCatalog.Open([built.Root]).Get<IRewardFunction>("word-limit")).ToBlock().ShouldBe(
            $"""
            error: 2 plugins give the reward 'word-limit'.
              place:   {first} and {second}
              allowed: one plugin for each name
              remedy:  remove or rename one of the folders, or take its parent out of MEDGPT_PLUGINS or --plugins
            """);
    }

    [Fact]
    public void A_root_may_be_given_twice_or_be_the_plugin_itself()
    {
        var folder = built.Install("Good")[0];
        PluginCatalog.Open([built.Root, folder]).Plugins.ShouldHaveSingleItem().Id.ShouldBe("MedicalGpt.Fixtures.Good");
    }

    private static RewardSample Sample(string completion) => new([], completion, [], new Dictionary<string, string>(), true);

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
