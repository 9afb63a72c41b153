using MedicalGpt.Host.Recipes;
using MedicalGpt.Options;

namespace MedicalGpt.Host.Tests.Recipes;

/// <summary>What <c>${…}</c> stands for.</summary>
public sealed class RecipeExpanderTests
{
    private static readonly Dictionary<string, string> Inputs = new() { ["output_dir"] = "out", ["data"] = "rows" };

    [Fact]
    public void Inputs_and_outputs_of_earlier_stages()
    {
        var stages = Expand(
            Stage("base", ("output_dir", ["${output_dir}/base"])),
            Stage("sft", ("model", ["${base}"]), ("--Output-Dir", ["${output_dir}/sft"]), ("train_file_dir", ["${data}/a.jsonl"])),
            Stage("compare", ("models", ["base=${base}", "sft=${sft}"]), ("output", ["${output_dir}/table.json"])));
        stages.Select(stage => stage.Output).ShouldBe(["out/base", "out/sft", "out/table.json"]);
        stages[1].Layer.Settings.Select(setting => setting.Text).ShouldBe(["out/base", "out/sft", "rows/a.jsonl"]);
        stages[2].Layer.Settings[0].Items.ShouldBe(["base=out/base", "sft=out/sft"]);
        stages.Select(stage => string.Join(' ', stage.Needs)).ShouldBe(["", "base", "base sft"]);
        stages[1].Layer.Name.ShouldBe("recipe r");
        stages[1].Layer.Settings[0].Source.ShouldBe("recipe r.yaml:2");
    }

    [Fact]
    public void An_input_may_be_written_in_kebab_case() =>
        Expand(Stage("a", ("x", ["${output-dir}"])))[0].Layer.Settings[0].Text.ShouldBe("out");

    [Fact]
    public void A_dollar_without_braces_is_text() =>
        Expand(Stage("a", ("x", ["$5 and ${"])))[0].Layer.Settings[0].Text.ShouldBe("$5 and ${");

    [Fact]
    public void Something_unknown() =>
        Refused(Stage("sft", ("model", ["${dta}/x"]))).ShouldBe(
            "error: Stage 'sft' refers to something unknown.\n  place:   recipe r.yaml:2, option model\n  given:   ${dta}\n  allowed: inputs and earlier stages with an output folder: output_dir, data\n  remedy:  did you mean ${data}?");

    [Fact]
    public void A_later_stage() =>
        Refused(Stage("sft", ("model", ["${base}"])), Stage("base", ("output_dir", ["b"]))).ShouldBe(
            "error: Stage 'sft' refers to a later stage.\n  place:   recipe r.yaml:2, option model\n  given:   ${base}\n  allowed: inputs and earlier stages with an output folder: output_dir, data\n  remedy:  move stage 'base' before stage 'sft'");

    [Fact]
    public void A_stage_without_an_output() =>
        Refused(Stage("check", ("sources", ["a"])), Stage("sft", ("model", ["${check}"]))).ShouldBe(
            "error: Stage 'sft' refers to a stage that writes nothing.\n  place:   recipe r.yaml:2, option model\n  given:   ${check}\n  allowed: inputs and earlier stages with an output folder: output_dir, data\n  remedy:  give stage 'check' an output_dir");

    [Fact]
    public void Two_stages_that_write_the_same_folder() =>
        Refused(Stage("a", ("output_dir", ["x/y"])), Stage("b", ("output_dir", ["x//y/"]))).ShouldBe(
            "error: Two stages write to the same place.\n  place:   recipe r.yaml:2, stage 'b'\n  given:   x//y/\n  allowed: a folder of its own; stage 'a' writes there\n  remedy:  for example ${output_dir}/b");

    private static RecipeStage Stage(string name, params (string Key, string[] Items)[] options) =>
        new(name, "merge", [.. options.Select(option => new OptionSetting(option.Key, "recipe r.yaml:2", option.Items))], 1);

    private static IReadOnlyList<ExpandedStage> Expand(params RecipeStage[] stages) => RecipeExpander.Expand(new Recipe("r.yaml", "r", "", [], stages), Inputs);

    private static string Refused(params RecipeStage[] stages) => Should.Throw<MedicalGptException>(() => Expand(stages)).ToBlock();
}
