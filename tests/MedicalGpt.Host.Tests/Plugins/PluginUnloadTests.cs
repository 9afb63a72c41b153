using System.Runtime.CompilerServices;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Plugins;
using MedicalGpt.Plugins.Metadata;
using MedicalGpt.Rewards;

namespace MedicalGpt.Host.Tests.Plugins;

public sealed class PluginUnloadTests : IDisposable
{
    private readonly BuiltPlugins built = new();

    public void Dispose() => built.Dispose();

    /// <summary>Runs never unload; that it is possible proves that neither host nor plugin keeps a static hold on it.</summary>
    [Fact]
    public void A_collectible_plugin_unloads()
    {
        var context = LoadAndForget(built.Install("Good")[0]);
        for (var attempt = 0; attempt < 10 && context.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        context.IsAlive.ShouldBeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LoadAndForget(string folder)
    {
        var shared = SharedSet.Load();
        var loader = new PluginLoader(shared, new ContractGate(shared, new HostAssemblies()));
        var info = PluginCatalog.Open([folder]).List(ComponentKinds.Reward)[0];
        var plugin = loader.Load(ManifestReader.Read(folder), collectible: true);
        plugin.Get<IRewardFunction>(info).Options.Name.ShouldBe("word_limit");
        plugin.Context.Unload();
        return new WeakReference(plugin.Context);
    }
}
