using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Pipeline;

/// <summary>All stages are checked before the first one starts; every wrong one is told.</summary>
public sealed class WholeCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_wrong_stages_at_once_and_nothing_started()
    {
        var rows = _folder.Write("rows.jsonl", "{}\n");
        var path = _folder.Write("wrong.yaml", $$"""
            inputs: { output_dir: { default: '{{_folder["out"]}}' } }
            stages:
              tokenizer:
                command: tokenizer train
                options: { train_file_dir: '{{rows}}', output_dir: "${output_dir}/tokenizer" }
              base:
                command: model init
                options: { tokenizer: "${tokenizer}", hidden_size: 0, output_dir: "${output_dir}/base" }
              plan:
                command: trian sft
              sft:
                command: train sft
                options: { model_name_or_path: "${base}", train_file_dir: '{{rows}}', learning_rat: 1, output_dir: "${output_dir}/sft" }
              grpo:
                command: train grpo
                options: { model_name_or_path: "${sft}/best", train_file_dir: '{{rows}}', reward_functions: exact-anser, output_dir: "${output_dir}/grpo" }
              dpo:
                command: train dpo
                options: { model_name_or_path: /nowhere/model, train_file_dir: /nowhere/rows, output_dir: "${output_dir}/dpo" }
              right:
                command: train sft
                options: { model_name_or_path: "${sft}/best", train_file_dir: '{{rows}}', output_dir: "${output_dir}/right" }
            """);
        await using var host = await TestHost.StartAsync();
        var lines = (await host.RefusedAsync("run", path)).Split('\n');
        lines[0].ShouldBe("error: The recipe is wrong; nothing was started.");
        lines.Where(line => line.StartsWith("stage ", StringComparison.Ordinal)).ShouldBe(
        [
            "stage 'base' (model init, line 6): 1 option is wrong.",
            "stage 'plan' (trian sft, line 9): There is no such command.",
            "stage 'sft' (train sft, line 11): 1 option is wrong.",
            "stage 'grpo' (train grpo, line 14): No plugin gives the reward 'exact-anser'.",
            "stage 'dpo' (train dpo, line 17): 2 options are wrong.",
        ]);
        lines.ShouldContain("  --hidden-size: given '0' (recipe wrong.yaml:8); allowed: a whole number >= 1 and <= 65536, or none");
        lines.ShouldContain("  remedy:  did you mean 'train sft'?");
        lines.ShouldContain("  --learning-rat: unknown option; did you mean --learning-rate? (recipe wrong.yaml:13)");
        lines.ShouldContain("  remedy:  did you mean 'exact-answer'?");
        lines.ShouldContain("  --model-name-or-path: given '/nowhere/model' (recipe wrong.yaml:19); allowed: an existing folder");
        lines.ShouldContain("  --train-file-dir: given '/nowhere/rows' (recipe wrong.yaml:19); allowed: an existing folder or file");
        Directory.Exists(_folder["out"]).ShouldBeFalse();
    }

    [Fact]
    public async Task An_algorithm_that_no_plugin_gives()
    {
        var path = _folder.Write("wrong.yaml", $$"""
            inputs: { output_dir: { default: '{{_folder["out"]}}' } }
            stages: { simpo: { command: train simpo } }
            """);
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync("run", path);
        block.ShouldStartWith("error: The recipe is wrong; nothing was started.\nstage 'simpo' (train simpo, line 2): There is no such command.\n  given:   train simpo\n  allowed: ");
        block.ShouldContain("train sft");
    }

    [Fact]
    public async Task A_recipe_cannot_run_a_recipe()
    {
        var path = _folder.Write("wrong.yaml", "inputs: { output_dir: { default: x } }\nstages: { a: { command: run } }\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("run", path)).ShouldContain("stage 'a' (run, line 2): There is no such command.");
    }
}
