using MedicalGpt.Host.Tests.Support;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Tests.CommandLine;

/// <summary>Which layer wins, seen through a real training stage: record default &lt; stage default &lt; preset &lt; recipe &lt; environment &lt; command line.</summary>
public sealed class PrecedenceTests : IDisposable
{
    private static readonly OptionLayer Recipe = new("recipe r", [new OptionSetting("learning_rate", "recipe r.yaml:7", "3e-6")]);
    private static readonly Dictionary<string, string> Environment = new() { ["MEDGPT__LEARNING_RATE"] = "4e-6" };
    private readonly TemporaryFolder _folder = new();

    public PrecedenceTests() => Directory.CreateDirectory(_folder["dir"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_layer_wins_over_those_below()
    {
        // DPO's stage default is 5e-6 and its preset trl 1e-6, as DpoOptions declares; the trainer's own default is 5e-5.
        (await RateAsync("pt", recipe: false, environment: false)).ShouldBe(("0.0002", "stage default (pt)"));
        (await RateAsync("dpo", recipe: false, environment: false)).ShouldBe(("5e-6", "stage default (dpo)"));
        (await RateAsync("dpo", recipe: false, environment: false, "--preset", "trl")).ShouldBe(("1e-6", "preset trl"));
        (await RateAsync("dpo", recipe: true, environment: false, "--preset", "trl")).ShouldBe(("3e-6", "recipe r.yaml:7"));
        (await RateAsync("dpo", recipe: true, environment: true, "--preset", "trl")).ShouldBe(("4e-6", "environment MEDGPT__LEARNING_RATE"));
        (await RateAsync("dpo", recipe: true, environment: true, "--preset", "trl", "--lr", "6e-6")).ShouldBe(("6e-6", "command line"));
    }

    [Fact]
    public async Task What_no_layer_sets_is_the_records_default()
    {
        await using var host = await TestHost.StartAsync();
        var option = Prepare(host, "dpo", []).Single(option => option.Option.Key == "weight_decay");
        (option.Value, option.Source).ShouldBe(("0", OptionProvenance.RecordDefault));
    }

    [Fact]
    public async Task An_unknown_variable_of_the_environment_gives_one_notice()
    {
        var environment = new Dictionary<string, string> { ["MEDGPT__LERNING_RATE"] = "1", ["MEDGPT__EXACT_ANSWER_COLUMN"] = "answer", ["MEDGPT__HIDDEN_SIZE"] = "16", ["MEDGPT_PLUGINS_X"] = "1" };
        await using var host = await TestHost.StartAsync(environment: environment);
        (await host.RunAsync("plugins")).ShouldBe(0);
        host.Terminal.Text.Split('\n').Where(line => line.Contains("MEDGPT_", StringComparison.Ordinal))
            .ShouldBe(["environment MEDGPT__LERNING_RATE names no option and has no effect; did you mean MEDGPT__LEARNING_RATE?"]);
    }

    private async Task<(string Value, string Source)> RateAsync(string stage, bool recipe, bool environment, params string[] flags)
    {
        await using var host = await TestHost.StartAsync(environment: environment ? Environment : []);
        var option = Prepare(host, stage, recipe ? [Recipe] : [], flags).Single(option => option.Option.Key == "learning_rate");
        return (option.Value, option.Source);
    }

    private IReadOnlyList<OptionProvenance> Prepare(TestHost host, string stage, IReadOnlyList<OptionLayer> below, params string[] flags) =>
        host.Prepare("train " + stage, below, ["--model_name_or_path", _folder["dir"], "--train_file_dir", _folder["dir"], "--output_dir", _folder["out"], .. flags]).Provenance;
}
