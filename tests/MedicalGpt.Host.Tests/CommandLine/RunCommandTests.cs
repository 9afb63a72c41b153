using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.CommandLine;

/// <summary><c>medgpt run RECIPE</c>: a recipe's inputs are flags with types.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly CheapRecipe _recipe = new();

    public void Dispose() => _recipe.Dispose();

    [Fact]
    public async Task Inputs_have_types()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", _recipe.Path, "--seed", "x", "--vocabulary", "3.5")).ShouldBe(
            "error: 2 options are wrong.\n  --seed: given 'x' (command line); allowed: a whole number\n  --vocabulary: given '3.5' (command line); allowed: a whole number");
    }

    [Fact]
    public async Task Unknown_inputs_name_the_nearest()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", _recipe.Path, "--vocabular", "300")).ShouldBe("error: 1 option is wrong.\n  --vocabular: unknown option; did you mean --vocabulary? (command line)");
    }

    [Fact]
    public async Task Flags_may_stand_before_the_recipe()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("run", "--check", "true", "--seed", "3", _recipe.Path)).ShouldBe(0);
        host.Terminal.Text.ShouldContain("cheap: three cheap stages");
    }

    [Fact]
    public async Task An_input_without_default_must_be_given()
    {
        var path = Path.Combine(Path.GetDirectoryName(_recipe.Path)!, "needs.yaml");
        File.WriteAllText(path, "inputs: { output_dir: { default: x }, data: { help: Where the rows are } }\nstages: { a: { command: merge } }\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", path)).ShouldBe("error: 1 option is wrong.\n  --data: required but not given; allowed: a text");
    }

    [Fact]
    public async Task A_recipe_needs_an_output_folder()
    {
        var path = Path.Combine(Path.GetDirectoryName(_recipe.Path)!, "nowhere.yaml");
        File.WriteAllText(path, "stages: { a: { command: merge } }\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", path)).ShouldBe($"error: The recipe has no input for its output folder.\n  place:   {path}\n  allowed: an input named output_dir");
    }

    [Fact]
    public async Task Help_of_a_recipe_lists_its_inputs()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("run", _recipe.Path, "--help")).ShouldBe(0);
        host.Terminal.Text.ShouldContain("cheap - three cheap stages");
        host.Terminal.Text.ShouldMatch(@"--vocabulary int +300 +Tokens of the first tokenizer");
        host.Terminal.Text.ShouldContain("--from");
        host.Terminal.Text.ShouldNotContain("--method");
    }

    [Fact]
    public async Task Help_without_a_recipe_lists_what_the_guide_asks()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("run", "--help")).ShouldBe(0);
        foreach (var flag in new[] { "--method", "--model", "--sft-data", "--preference-data", "--prompt-data", "--output-dir", "--from", "--check" })
            host.Terminal.Text.ShouldContain(flag + " ");
    }
}
