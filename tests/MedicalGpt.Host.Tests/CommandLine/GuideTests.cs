using MedicalGpt.Host.Commands.Run;
using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.CommandLine;

/// <summary><c>medgpt run</c> without a recipe.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GuideTests()
    {
        Directory.CreateDirectory(_folder["model's"]);
        _folder.Write("rows.jsonl", "{}\n");
    }

    private string Model => _folder["model's"];

    private string Rows => _folder["rows.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_terminal_it_names_the_flags()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run")).ShouldBe(
            "error: There is no recipe and no terminal to ask at.\n  given:   medgpt run\n  allowed: medgpt run RECIPE.yaml, or every flag of the guided run\n  remedy:  add --method ppo|dpo|orpo|grpo --model DIR --sft-data DIR --output-dir DIR");
        (await host.RefusedAsync("run", "--method", "ppo", "--model", Model, "--output-dir", "x")).ShouldEndWith("remedy:  add --sft-data DIR --preference-data DIR --prompt-data DIR");
        (await host.RefusedAsync("run", "--method", "grpo", "--model", Model, "--output-dir", "x")).ShouldEndWith("remedy:  add --sft-data DIR --prompt-data DIR");
        Directory.Exists("x").ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_method()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", "--method", "rlhf")).ShouldBe("error: 1 option is wrong.\n  --method: given 'rlhf' (command line); allowed: one of ppo, dpo, orpo, grpo, or none");
    }

    [Theory]
    [InlineData("ppo", "sft sft-merged rm rm-merged ppo ppo-merged")]
    [InlineData("dpo", "sft sft-merged dpo dpo-merged")]
    [InlineData("orpo", "sft sft-merged orpo orpo-merged")]
    [InlineData("grpo", "sft sft-merged grpo grpo-merged")]
    public async Task With_all_flags_it_writes_a_recipe_that_passes_the_check(string method, string stages)
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("run", "--check", "--method", method, "--model", Model, "--sft-data", Rows, "--preference-data", Rows, "--prompt-data", Rows, "--output-dir", _folder["out"])).ShouldBe(0);
        var path = Path.Combine(_folder["out"], "recipe.yaml");
        host.Terminal.Text.ShouldContain($"wrote {path}");
        await using var again = await TestHost.StartAsync();
        (await again.RunAsync("run", path, "--check")).ShouldBe(0);
        var lines = again.Terminal.Text.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(':')[0]);
        string.Join(' ', lines).ShouldBe(stages);
    }

    [Theory]
    [InlineData("1", "ppo")]
    [InlineData("2", "dpo")]
    [InlineData("3", "orpo")]
    [InlineData("4", "grpo")]
    public async Task At_a_terminal_it_asks(string choice, string method)
    {
        string[] data = method switch { "ppo" => [Rows, Rows, Rows], _ => [Rows, Rows] };
        await using var host = await TestHost.StartAsync(new TestTerminal([choice, Model, .. data, _folder["asked"]]));
        (await host.RunAsync("run", "--check")).ShouldBe(0);
        foreach (var advice in Enum.GetValues<AlignmentMethod>().Select(MethodGuide.Advice))
            host.Terminal.Text.ShouldContain(advice);
        File.ReadAllText(Path.Combine(_folder["asked"], "recipe.yaml")).ShouldContain($"command: train {method}");
    }

    [Fact]
    public async Task At_a_terminal_wrong_answers_are_asked_again()
    {
        await using var host = await TestHost.StartAsync(new TestTerminal("7", "2", "/nowhere/model", Model, Rows, Rows, _folder["asked"]));
        (await host.RunAsync("run", "--check")).ShouldBe(0);
        host.Terminal.Text.ShouldContain("a number from 1 to 4");
        host.Terminal.Text.ShouldContain("'/nowhere/model' does not exist");
    }

    // Requirements S2.1 to S2.7: what speaks for and against each route, and the order of the menu.
    [Theory]
    [InlineData(AlignmentMethod.Ppo, 1, "reward model", "most memory", "tuning")]
    [InlineData(AlignmentMethod.Dpo, 2, "preference pairs", "no reward model", "stable")]
    [InlineData(AlignmentMethod.Orpo, 3, "reference model", "less forgetting", "less experience")]
    [InlineData(AlignmentMethod.Grpo, 4, "reward function", "least memory", "several answers per prompt")]
    public void Advice_says_when_to_choose_a_route(AlignmentMethod method, int number, params string[] words)
    {
        ((int)method).ShouldBe(number);
        foreach (var word in words)
            MethodGuide.Advice(method).ShouldContain(word);
    }
}
