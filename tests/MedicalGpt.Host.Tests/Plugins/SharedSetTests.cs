using System.Reflection;
using MedicalGpt.Plugins.Metadata;

namespace MedicalGpt.Host.Tests.Plugins;

public sealed class SharedSetTests
{
    /// <summary>The list is kept by hand; the compiler's references are the truth.</summary>
    [Fact]
    public void Is_the_closure_of_Modeling_over_everything_that_is_not_the_framework()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var closure = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(["MedicalGpt.Modeling", "MedicalGpt.Abstractions.Training", "MedicalGpt.Abstractions", "MedicalGpt.Torch"]);
        while (next.TryDequeue(out var name))
        {
            var assembly = Assembly.Load(name);
            if (Path.GetDirectoryName(assembly.Location) == framework || !closure.Add(name))
                continue;
            foreach (var reference in assembly.GetReferencedAssemblies())
                next.Enqueue(reference.Name!);
        }

        SharedSet.Load().Assemblies.ShouldBeSubsetOf([.. closure, "Microsoft.Extensions.DependencyInjection.Abstractions"]);
        closure.ShouldBeSubsetOf(SharedSet.Load().Assemblies);
    }

    [Theory]
    [InlineData("MedicalGpt.Torch.dll", true)]
    [InlineData("lib/libtorch_cpu.so", true)]
    [InlineData("libmedgpt_torch.so", true)]
    [InlineData("MedicalGpt.Algorithms.Dpo.dll", false)]
    [InlineData("libother.so", false)]
    public void Knows_shared_files(string path, bool shared) => SharedSet.Load().IsSharedFile(path).ShouldBe(shared);
}
