using MedicalGpt.Options;

namespace MedicalGpt.Generators.Tests;

/// <summary>A trainer's and an algorithm's record resolved together.</summary>
public sealed class ResolverTests
{
    private readonly Sample _trainer = Sample.Of(Sources.Trainer, "Samples.TrainerOptions");
    private readonly Sample _dpo = Sample.Of(Sources.Dpo, "Samples.DpoOptions");

    private OptionSet Set => new(_trainer.Descriptor, _dpo.Descriptor);

    [Fact]
    public void Layers_win_in_the_fixed_order()
    {
        Winner().ShouldBe(("5e-6", "stage default (dpo)"));
        Winner("trl").ShouldBe(("1e-6", "preset trl"));
        var recipe = new OptionLayer("recipe", [new OptionSetting("learning_rate", "recipe quickstart.yaml:12", "3e-6")]);
        var environment = OptionLayer.FromEnvironment([new("MEDGPT__Learning_Rate", "4e-6"), new("MEDGPT_HOME", "x"), new("PATH", "y")]);
        var command = CommandLineReader.Read(["--learning-rate", "5e-6"], Set);
        Winner("trl", recipe).ShouldBe(("3e-6", "recipe quickstart.yaml:12"));
        Winner("trl", recipe, environment).ShouldBe(("4e-6", "environment MEDGPT__Learning_Rate"));
        Winner("trl", recipe, environment, command).ShouldBe(("5e-6", "command line"));

        (string, string) Winner(string? preset = null, params OptionLayer[] layers)
        {
            var row = OptionResolver.Resolve(Set, layers, preset).Provenance().Single(item => item.Option.Key == "learning_rate");
            return (row.Value, row.Source);
        }
    }

    [Fact]
    public void Preset_is_chosen_by_the_option_of_that_name()
    {
        var resolution = Resolve("--preset", "trl", "--model-name-or-path", "m");
        resolution.Errors.ShouldBeEmpty();
        var trainer = _trainer.Bind(resolution);
        resolution.Preset.ShouldBe("trl");
        _trainer.Value(trainer, "WarmupSteps").ShouldBe(7);
        _trainer.Value(trainer, "LearningRate").ShouldBe(1e-6);
    }

    [Fact]
    public void Unknown_preset_is_an_error() =>
        Message("--preset", "hf", "--model-name-or-path", "m").ShouldBe("""
            1 option is wrong.
              --preset: given 'hf' (command line); allowed: one of medgpt, trl
            """);

    [Fact]
    public void Provenance_is_a_table_and_json_that_hides_secrets()
    {
        var rows = Resolve("--model_name_or_path", "模型", "--kl-beta", "0.3", "--hub_token", "abc", "--bf16").Provenance();
        OptionProvenance.Table(rows).ShouldBe("""
            model_name_or_path  模型      command line
            learning_rate       5e-6    stage default (dpo)
            warmup_steps        0       record default
            bf16                true    command line
            preset              medgpt  record default
            hub_token           ***     command line
            train_file_dir      none    record default
            beta                0.3     command line
            label_smoothing     0       record default

            """);
        OptionProvenance.Json([.. rows.Where(row => row.Option.Key is "hub_token" or "train_file_dir" or "beta" or "bf16" or "model_name_or_path")]).ShouldBe("""
            {
              "model_name_or_path": {
                "value": "模型",
                "source": "command line",
                "record": "trainer"
              },
              "bf16": {
                "value": true,
                "source": "command line",
                "record": "trainer"
              },
              "hub_token": {
                "value": "***",
                "source": "command line",
                "record": "trainer"
              },
              "train_file_dir": {
                "value": null,
                "source": "record default",
                "record": "trainer"
              },
              "beta": {
                "value": 0.3,
                "source": "command line",
                "record": "dpo"
              }
            }
            """);
    }

    [Fact]
    public void Two_names_of_one_option_must_agree()
    {
        Resolve("--model-name-or-path", "m", "--lambda_orpo", "0.2", "--kl-beta", "0.2").Errors.ShouldBeEmpty();
        Message("--model-name-or-path", "m", "--lambda_orpo", "0.2", "--beta", "0.3").ShouldBe("""
            1 option is wrong.
              --beta: given twice with different values, as --lambda_orpo '0.2' and --beta '0.3'; give one of them (command line)
            """);
    }

    [Fact]
    public void Accepted_names_are_explained_and_have_no_effect()
    {
        var resolution = Resolve("--model-name-or-path", "m", "--remove_unused_columns", "False", "--report-to=tensorboard");
        resolution.Errors.ShouldBeEmpty();
        resolution.Notices.ShouldBe(
        [
            "--remove-unused-columns (command line) is accepted without effect: columns are chosen by the dataset",
            "--report-to (command line) is accepted without effect: curves are always written",
        ]);
    }

    [Fact]
    public void Wrong_options_of_all_records_come_as_one_error()
    {
        var resolution = Resolve("stray", "--bf17", "--beta", "11", "--label-smoothing", "0.5", "--train_file_dir", "/no/such/folder", "--warmup-steps");
        _trainer.Bind(resolution);
        _dpo.Bind(resolution);
        var error = Should.Throw<OptionsException>(resolution.ThrowIfInvalid);
        error.ExitCode.ShouldBe(2);
        error.ToBlock().ShouldBe("""
            error: 7 options are wrong.
              a value without a flag; given 'stray' (command line)
              --warmup-steps: no value given; allowed: a whole number >= 0 (command line)
              --bf17: unknown option; did you mean --bf16? (command line)
              --model-name-or-path: required but not given; allowed: a text
              --train-file-dir: given '/no/such/folder' (command line); allowed: an existing folder, or none
              --beta: given '11' (command line); allowed: a number >= 0 and <= 10
              --label-smoothing: given '0.5' (command line); allowed: a number >= 0 and < 0.5
            """);
    }

    [Fact]
    public void Record_may_check_how_its_options_go_together()
    {
        var resolution = Resolve("--model-name-or-path", "m", "--beta", "0", "--label-smoothing", "0.1");
        _dpo.Bind(resolution);
        Should.Throw<OptionsException>(resolution.ThrowIfInvalid).Message.ShouldBe("""
            1 option is wrong.
              --label-smoothing: has no meaning with beta 0; set --beta above 0 (command line)
            """);
    }

    [Fact]
    public void Two_records_that_claim_one_name_are_refused_by_name()
    {
        var other = Sample.Of(Sources.Dpo.Replace("record DpoOptions", "record OrpoOptions", StringComparison.Ordinal).Replace("\"dpo\"", "\"orpo\"", StringComparison.Ordinal), "Samples.OrpoOptions");
        Should.Throw<MedicalGptException>(() => new OptionSet(_dpo.Descriptor, other.Descriptor)).ToBlock().ShouldBe("""
            error: Two options records claim the name 'beta'.
              place:   option --beta
              given:   Samples.DpoOptions ('dpo') and Samples.OrpoOptions ('orpo')
              allowed: one owner for each key and alias of a command
              remedy:  rename the option in the plugin that came later, or set another default for the existing one with [StageDefault]
            """);
    }

    [Fact]
    public void Shared_layer_passes_over_keys_of_other_stages()
    {
        var layer = OptionLayer.FromEnvironment([new("MEDGPT__CLIP_RANGE", "0.2"), new("MEDGPT__MODEL_NAME_OR_PATH", "m")]);
        OptionResolver.Resolve(Set, [layer]).Errors.Single().ToString().ShouldBe("--clip-range: unknown option (environment MEDGPT__CLIP_RANGE)");
        var shared = new OptionLayer(layer.Name, layer.Settings) { IsShared = true };
        OptionResolver.Resolve(Set, [shared]).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Stage_default_for_a_key_that_no_record_owns_is_an_error() =>
        OptionResolver.Resolve(new OptionSet(_dpo.Descriptor), []).Errors.Single().ToString()
            .ShouldBe("--learning-rate: unknown option (stage default (dpo))");

    [Fact]
    public void Booleans_are_bare_negated_or_spelt_out()
    {
        foreach (var (arguments, expected) in new (string[], bool)[]
                 { (["--bf16"], true), (["--bf16", "True"], true), (["--bf16=1"], true), (["--no-bf16"], false), (["--bf16", "False"], false), (["--no_bf16"], false) })
            _trainer.Value(_trainer.Bind(Resolve([.. arguments])), "Bf16").ShouldBe(expected);
    }

    [Fact]
    public void Command_with_positionals_gets_the_words_that_belong_to_no_flag()
    {
        var words = new List<string>();
        var layer = CommandLineReader.Read(["recipe.yaml", "--bf16", "folder", "--bf16", "false", "--beta", "0.2", "--unknown", "x", "last"], Set, words);
        words.ShouldBe(["recipe.yaml", "folder", "last"]);
        layer.Errors.ShouldBeEmpty();
        layer.Settings.Select(setting => $"{setting.Name} {setting.Text}").ShouldBe(["--bf16 true", "--bf16 false", "--beta 0.2", "--unknown x"]);
    }

    [Fact]
    public void Help_has_a_row_for_each_option_with_the_default_of_the_stage()
    {
        string.Join("\n", OptionHelp.Rows(Set, _trainer.Descriptor).Concat(OptionHelp.Rows(Set, _dpo.Descriptor))
            .Select(row => $"{row.Flag}|{string.Join(' ', row.Aliases)}|{row.Type}|{row.Default}|{row.Unit}|{row.Range}|{row.Description}")).ShouldBe("""
            --model-name-or-path||text|required|||Folder of the model.
            --learning-rate||number|5e-6||>= 0 and <= 1|Learning rate of the optimiser.
            --warmup-steps||int|0|steps|>= 0|Warm-up.
            --bf16||bool|false|||Mixed precision.
            --preset||text|medgpt|||Named choice of defaults.
            --train-file-dir||path||||Folder with rows.
            --beta|--lambda-orpo --kl-beta|number|0.1||>= 0 and <= 10|Strength of the KL constraint.
            --label-smoothing||number|0||>= 0 and < 0.5|Share of swapped labels.
            """);
        OptionHelp.Accepted(Set).Select(accepted => accepted.Key).ShouldBe(["remove_unused_columns", "report_to"]);
    }

    private OptionResolution Resolve(params string[] arguments) => OptionResolver.Resolve(Set, [CommandLineReader.Read(arguments, Set)]);

    private string Message(params string[] arguments) => Should.Throw<OptionsException>(Resolve(arguments).ThrowIfInvalid).Message;
}
