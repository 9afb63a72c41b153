using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary><c>medgpt plugins</c>.</summary>
public sealed class PluginsCommandTests
{
    [Fact]
    public async Task Lists_what_the_build_put_into_the_plugins_folder()
    {
        var run = (await Medgpt.RunAsync("plugins", "--json")).ShouldSucceed();
        var components = JsonNode.Parse(run.Output)!.AsArray().SelectMany(plugin => plugin!["components"]!.AsArray()).Select(component => $"{component!["kind"]} {component["name"]}").ToList();
        foreach (var expected in new[] { "algorithm pt", "algorithm sft", "algorithm dpo", "algorithm grpo", "algorithm ppo", "dataset medical-quickstart", "reward exact-answer", "model qwen2" })
            components.ShouldContain(expected);
    }

    [Fact]
    public async Task Shows_the_options_of_a_component_without_loading_it()
    {
        var run = (await Medgpt.RunAsync("plugins", "exact-answer")).ShouldSucceed();
        run.Output.ShouldContain("--exact-answer-column");
    }

    [Fact]
    public async Task Names_the_nearest_component()
    {
        var block = (await Medgpt.RunAsync("plugins", "--component", "exact-anser")).ShouldRefuse();
        block.ShouldStartWith("error: No plugin gives a component 'exact-anser'.\n  place:   --component\n  allowed:");
        block.ShouldEndWith("remedy:  did you mean 'exact-answer'?");
    }
}
