using System.Globalization;
using System.Text.Json.Nodes;
using MedicalGpt.Data;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.EndToEnd.Tests.Plugins;

/// <summary>A third party's algorithm: built outside the repository, listed, loaded, right in its numbers, and trained.</summary>
public sealed class OutsidePluginTests(OutsidePlugin plugin) : IClassFixture<OutsidePlugin>
{
    [Fact]
    public void Its_build_leaves_a_thin_folder_with_manifest_schema_and_defaults()
    {
        Directory.EnumerateFiles(plugin.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            ["Samples.Algorithms.SimPo.deps.json", "Samples.Algorithms.SimPo.dll", "Samples.Algorithms.SimPo.pdb", "Samples.Algorithms.SimPo.runtimeconfig.json", "Samples.Algorithms.SimPo.xml", "plugin.json", "simpo.defaults.yaml", "simpo.schema.json"]);
        File.ReadAllText(Path.Combine(plugin.Folder, "simpo.defaults.yaml")).ShouldContain(
            "\n# Scale of the rewards: β of the paper.\n# number > 0 and <= 100; also: simpo_beta\nbeta: 2.5\n");
    }

    /// <summary>TRL's SimPO: mean log-probabilities −1.5 and −1.8, β 2, γ 0.5 give 0.6443966600 = −log σ(2 · 0.3 − 0.5).</summary>
    [Fact]
    public void Its_loss_is_the_papers()
    {
        var component = PluginCatalog.Open([plugin.Plugins]).Get<IAlgorithm>("simpo");
        component.Options.StageDefaults.ShouldBe([new StageDefault("learning_rate", "1e-6")]);
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

    [Fact]
    public async Task It_has_help_and_trains()
    {
        using var folder = new TemporaryFolder();
        var help = (await Medgpt.RunAsync("train", "simpo", "--help", "--plugins", plugin.Plugins)).ShouldSucceed();
        help.Output.ShouldContain("--gamma");

        var corpus = folder.Write("corpus.txt", string.Join('\n', Enumerable.Range(0, 50).Select(i => $"Take {i} mg of metformin daily, yes or no.")));
        var pairs = folder.Write("pairs.jsonl", string.Join('\n', Enumerable.Range(0, 16).Select(i =>
            new JsonObject { ["prompt"] = $"Take {i} mg?", ["chosen"] = $"yes {i}", ["rejected"] = $"no {i}" }.ToJsonString())));
        (await Medgpt.RunAsync("tokenizer", "train", "--train-file-dir", corpus, "--vocab-size", "300", "--output-dir", folder["tokenizer"])).ShouldSucceed();
        (await Medgpt.RunAsync("model", "init", "--tokenizer", folder["tokenizer"], "--output-dir", folder["model"], "--hidden-size", "32", "--layers", "2", "--seed", "7")).ShouldSucceed();
        (await Medgpt.RunAsync(
            "train", "simpo", "--plugins", plugin.Plugins, "--model_name_or_path", folder["model"], "--train_file_dir", pairs, "--output_dir", folder["out"],
            "--max_steps", "6", "--per_device_train_batch_size", "4", "--learning_rate", "1e-2", "--logging_steps", "1", "--simpo_gamma", "0.5")).ShouldSucceed();

        var steps = File.ReadLines(Path.Combine(folder["out"], "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).Where(step => step["loss"] is not null).ToArray();
        steps.Length.ShouldBe(6);
        Number(steps[^1], "rewards/margins").ShouldBeGreaterThan(Number(steps[0], "rewards/margins") + 0.5);
        Number(steps[^1], "loss").ShouldBeLessThan(Number(steps[0], "loss"));
        Number(steps[^1], "rewards/accuracies").ShouldBe(1);
        File.Exists(Path.Combine(folder["out"], "adapter_model.safetensors")).ShouldBeTrue();
    }

    private static double Number(JsonNode step, string name) => double.Parse(step[name]!.ToJsonString(), CultureInfo.InvariantCulture);

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
