using System.Reflection;
using System.Text.RegularExpressions;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Rewards;

namespace MedicalGpt.Generators.Tests;

/// <summary>The plugin that the README shows compiles as it stands, registers what it declares, and scores.</summary>
public sealed partial class DocumentedPluginTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh.md")]
    public async Task Compiles_registers_and_scores(string page)
    {
        var assembly = GeneratorRun.Load(Source(page));
        var declared = assembly.GetCustomAttributes<PluginComponentAttribute>().ShouldHaveSingleItem();
        var registry = new Registry();
        ((IPlugin)Activator.CreateInstance(assembly.GetCustomAttribute<MedicalGptPluginAttribute>()!.PluginType)!).Register(registry);
        registry.Name.ShouldBe(declared.Name);

        var scores = await registry.Reward!.ScoreAsync([Sample("Take 500 mg twice a day."), Sample("Take two tablets.")], CancellationToken.None);
        scores.Select(score => score.Value).ShouldBe([1.0, 0.0]);
    }

    private static RewardSample Sample(string completion) => new([], completion, [1], new Dictionary<string, string>(), Finished: true);

    /// <summary>The page's one C# block, with the usings that a project has by itself.</summary>
    private static string Source(string page)
    {
        var block = CSharpBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).ShouldHaveSingleItem().Groups[1].Value;
        return "using System;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\n" + block.Replace("using MedicalGpt.Options;\n", "", StringComparison.Ordinal);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    private sealed class Registry : IPluginRegistry
    {
        public string? Name { get; private set; }

        public IRewardFunction? Reward { get; private set; }

        public void Add<TComponent, TOptions>(string name, Func<TOptions, IServiceProvider, TComponent> create)
            where TComponent : class
            where TOptions : IOptionsRecord<TOptions>
        {
            var options = OptionResolver.Resolve(new OptionSet(TOptions.Descriptor), []);
            Name = name;
            Reward = (IRewardFunction)(object)create(options.Bind<TOptions>(), new NoServices());
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
