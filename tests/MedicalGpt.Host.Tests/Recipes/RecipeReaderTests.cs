using MedicalGpt.Host.Recipes;
using MedicalGpt.Host.Tests.Support;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Tests.Recipes;

/// <summary>Recipes are read strictly; each refusal names the file and the line.</summary>
public sealed class RecipeReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Recipe => _folder["recipe.yaml"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_a_recipe_can_say()
    {
        var recipe = Read("""
            name: two
            summary: two stages
            inputs:
              output_dir: { default: out, help: Where it goes }
              seed: { type: integer, default: 3 }
              Rate: { type: number }
            stages:
              first:
                command: tokenizer train
                options:
                  vocab_size: 300
                  dataset_config_name: [pretrain, "a,b"]
                  columns.question: query
                  train_file_dir:
                learns: words
                metric: eval_loss
                seconds: 1.5
              second: { command: merge }
            """);
        (recipe.Name, recipe.Summary).ShouldBe(("two", "two stages"));
        recipe.Inputs.ShouldBe(
        [
            new RecipeInput("output_dir", OptionType.Text, "out", "Where it goes"),
            new RecipeInput("seed", OptionType.Integer, "3", ""),
            new RecipeInput("rate", OptionType.Number, null, ""),
        ]);
        recipe.Stages.Select(stage => (stage.Name, stage.Command, stage.Line)).ShouldBe([("first", "tokenizer train", 8), ("second", "merge", 18)]);
        var first = recipe.Stages[0];
        (first.Learns, first.Metric, first.Seconds).ShouldBe(("words", "eval_loss", 1.5));
        first.Settings.Select(setting => (setting.Name, setting.Source, setting.Text)).ShouldBe(
        [
            ("vocab_size", "recipe recipe.yaml:11", "300"),
            ("dataset_config_name", "recipe recipe.yaml:12", "pretrain,a,b"),
            ("columns.question", "recipe recipe.yaml:13", "query"),
            ("train_file_dir", "recipe recipe.yaml:14", ""),
        ]);
        first.Settings[1].Items.ShouldBe(["pretrain", "a,b"]);
        (recipe.Stages[1].Learns, recipe.Stages[1].Metric, recipe.Stages[1].Seconds, recipe.Stages[1].Settings.Count).ShouldBe((null, null, null, 0));
    }

    [Fact]
    public void The_file_names_a_recipe_without_a_name() => Read("stages: { a: { command: merge } }").Name.ShouldBe("recipe");

    [Fact]
    public void A_missing_file() =>
        Should.Throw<MedicalGptException>(() => RecipeReader.Read("/nowhere/x.yaml")).ToBlock()
            .ShouldBe("error: The recipe does not exist.\n  place:   /nowhere/x.yaml\n  remedy:  give the path of a .yaml file, for example recipes/quickstart.yaml");

    [Fact]
    public void A_file_of_more_than_a_mebibyte() =>
        Refused(new string('#', (1 << 20) + 1)).ShouldBe($"error: The recipe is too large.\n  place:   {Recipe}\n  given:   1048577 bytes\n  allowed: at most 1048576 bytes");

    [Fact]
    public void Not_YAML()
    {
        var block = Refused("name: x\nstages: [a\n");
        block.ShouldStartWith("error: The recipe is not valid YAML: ");
        block.ShouldEndWith($"\n  place:   {Recipe}:3");
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n")]
    [InlineData("name: a\n---\nname: b\n")]
    public void Not_one_mapping(string text) =>
        Refused(text).ShouldBe($"error: The recipe is not one YAML mapping.\n  place:   {Recipe}\n  allowed: keys name, summary, inputs, stages");

    [Fact]
    public void Deep_lists() =>
        Refused("stages:\n  " + string.Concat(Enumerable.Repeat("- ", 100_000)) + "a\n").ShouldBe($"error: The recipe is not valid YAML: mappings and lists stand within each other deeper than 64\n  place:   {Recipe}:2");

    [Fact]
    public void A_key_twice()
    {
        var block = Refused("name: a\nname: b\nstages: {}\n");
        block.ShouldStartWith("error: The recipe is not valid YAML: ");
        block.ShouldEndWith($"\n  place:   {Recipe}:2");
    }

    [Theory]
    [InlineData("stage: {}", "The recipe has an unknown key.", 1, "stage", "name, summary, inputs, stages", "did you mean 'stages'?")]
    [InlineData("name: x", "The recipe has no stages.", 1, null, "a mapping 'stages' from stage name to its command and options", null)]
    [InlineData("name: x\nstages: {}", "The recipe has no stages.", 1, null, "a mapping 'stages' from stage name to its command and options", null)]
    [InlineData("stages:\n  - a", "This is no mapping: stages.", 2, null, "lines of the form 'key: value'", null)]
    [InlineData("name: [x]\nstages: {}", "A plain value is expected here.", 1, "sequence", "a text or number", null)]
    [InlineData("inputs:\n  seed: 3\nstages: {}", "This is no mapping: input 'seed'.", 2, null, "lines of the form 'key: value'", null)]
    [InlineData("inputs:\n  seed:\n    typ: integer\nstages: {}", "The input 'seed' has an unknown key.", 3, "typ", "type, default, help", "did you mean 'type'?")]
    [InlineData("inputs:\n  seed:\n    type: int\nstages: {}", "Input 'seed' has an unknown type.", 3, "int", "text, integer, number or boolean", null)]
    [InlineData("inputs:\n  seed: { type: integer, default: x }\nstages: { a: { command: b } }", "The default of input 'seed' has the wrong type.", 2, "x", "a whole number", null)]
    [InlineData("inputs:\n  my_dir: {}\n  my-dir: {}\nstages: { a: { command: b } }", "An input is declared twice.", 3, "my-dir", "each name once; my-dir and my_dir are the same flag", null)]
    [InlineData("inputs:\n  from: {}\nstages: { a: { command: b } }", "An input has the name of a flag of 'medgpt run'.", 2, "from", "another name than from, check", null)]
    [InlineData("stages:\n  a:\n    options: {}", "Stage 'a' has no command.", 3, null, "for example 'command: train sft'", null)]
    [InlineData("stages:\n  a:\n    command: b\n    option: {}", "The stage 'a' has an unknown key.", 4, "option", "command, options, learns, metric, seconds", "did you mean 'options'?")]
    [InlineData("stages:\n  a:\n    command: b\n    seconds: soon", "Stage 'a' has a wrong estimate.", 4, "soon", "a number of seconds", null)]
    [InlineData("stages:\n  a:\n    command: b\n    options:\n      columns: { q: r }", "Option 'columns' is a mapping.", 5, null, "a value or a list; write --columns.question=query as 'columns.question: query'", null)]
    [InlineData("stages:\n  a:\n    command: b\n    options:\n      models: [[x]]", "A plain value is expected here.", 5, "sequence", "a text or number", null)]
    [InlineData("inputs:\n  a: {}\nstages:\n  a: { command: b }", "A stage and an input have the same name.", 4, "a", null, "rename one; both are written ${name}")]
    public void A_wrong_place(string text, string message, int line, string? given, string? allowed, string? remedy) =>
        Refused(text).ShouldBe(new MedicalGptException(message) { Place = $"{Recipe}:{line}", Given = given, Allowed = allowed, Remedy = remedy }.ToBlock());

    [Fact]
    public void The_shipped_recipes_are_read()
    {
        var recipes = Directory.GetFiles(Path.Combine(Plugins.BuiltPlugins.Artifacts, "..", "recipes"), "*.yaml");
        recipes.Length.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var path in recipes)
            RecipeReader.Read(path).Inputs.ShouldContain(input => input.Name == "output_dir", path);
    }

    private Recipe Read(string text) => RecipeReader.Read(_folder.Write("recipe.yaml", text));

    private string Refused(string text) => Should.Throw<MedicalGptException>(() => Read(text)).ToBlock();
}
