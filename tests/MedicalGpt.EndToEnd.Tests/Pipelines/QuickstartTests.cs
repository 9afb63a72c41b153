using System.Text.Json;

namespace MedicalGpt.EndToEnd.Tests.Pipelines;

/// <summary>The shipped pipeline as a user starts it, over three seeds: every stage learns what it claims, on held-out questions.</summary>
public sealed class QuickstartTests
{
    [Theory]
    [Trait("Category", "Long")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_stage_learns_what_it_claims(int seed)
    {
        using var folder = new TemporaryFolder();
        using var process = Medgpt.Start(["run", Path.Combine(Medgpt.Root, "recipes", "quickstart.yaml"), "--output-dir", folder["out"], "--seed", $"{seed}"]);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        (await output).ShouldContain("0 of 560 held-out prompts occur in any stage's rows");

        var stages = Stages(Path.Combine(folder["out"], "pipeline.json"));
        stages["pt"].After["eval_perplexity"].ShouldBeLessThan(stages["pt"].Before["eval_perplexity"] / 100);
        stages["sft"].After["eval_loss"].ShouldBeLessThan(stages["sft"].Before["eval_loss"] / 10);
        stages["rm"].After["eval_accuracy"].ShouldBeGreaterThanOrEqualTo(0.9);
        stages["dpo"].After["eval_rewards/accuracies"].ShouldBeGreaterThanOrEqualTo(0.9);
        stages["dpo"].After["eval_rewards/margins"].ShouldBeGreaterThan(stages["dpo"].Before["eval_rewards/margins"]);
        stages["orpo"].After["eval_rewards/accuracies"].ShouldBeGreaterThanOrEqualTo(0.9);
        stages["orpo"].After["eval_rewards/margins"].ShouldBeGreaterThan(stages["orpo"].Before["eval_rewards/margins"]);

        const string Accuracy = "eval_rewards/exact-answer/mean";
        stages["grpo-control"].After[Accuracy].ShouldBe(stages["grpo-control"].Before[Accuracy]);
        stages["grpo"].Before[Accuracy].ShouldBeLessThan(0.6);
        stages["grpo"].After[Accuracy].ShouldBeGreaterThan(0.85);

        var accuracy = stages["compare"].After;
        accuracy["accuracy/base"].ShouldBe(0);
        accuracy["accuracy/sft"].ShouldBeGreaterThan(accuracy["accuracy/pt"] + 0.3);
        accuracy["accuracy/ppo"].ShouldBeGreaterThan(accuracy["accuracy/sft"] + 0.15);
        accuracy["accuracy/grpo"].ShouldBeGreaterThan(accuracy["accuracy/sft"] + 0.25);
    }

    private static Dictionary<string, (Dictionary<string, double> Before, Dictionary<string, double> After)> Stages(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return json.RootElement.EnumerateArray().ToDictionary(
            stage => stage.GetProperty("name").GetString()!,
            stage => (Numbers(stage.GetProperty("before")), Numbers(stage.GetProperty("after"))));
    }

    private static Dictionary<string, double> Numbers(JsonElement element) =>
        element.EnumerateObject().ToDictionary(number => number.Name, number => number.Value.GetDouble());
}
