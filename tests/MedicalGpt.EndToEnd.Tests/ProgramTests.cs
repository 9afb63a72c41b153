namespace MedicalGpt.EndToEnd.Tests;

/// <summary>The program as a process: exit codes, streams, terminal.</summary>
/// <param name="model">A small model.</param>
public sealed class ProgramTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_lists_the_commands()
    {
        var run = (await Medgpt.RunAsync("--help")).ShouldSucceed();
        run.Output.ShouldContain("medgpt [command] [options]");
        foreach (var command in new[] { "run", "train", "generate", "chat", "logprobs", "score", "merge", "compare", "model", "tokenize", "plugins" })
            run.Output.ShouldContain($"\n  {command} ");
    }

    [Fact]
    public async Task An_unknown_stage_names_the_nearest() =>
        (await Medgpt.RunAsync("train", "dppo")).ShouldRefuse().ShouldEndWith("remedy:  did you mean 'medgpt train dpo'?");

    [Fact]
    public async Task Stack_traces_only_when_asked_for()
    {
        (await Medgpt.RunAsync("model", "info", "/nowhere")).Errors.ShouldNotContain("   at ");
        (await Medgpt.RunAsync("model", "info", "/nowhere", "--verbose")).Errors.ShouldContain("   at ");
    }

    [Fact]
    public async Task A_tensor_library_that_cannot_be_loaded_is_one_block()
    {
        Directory.CreateDirectory(_folder["native"]);
        var library = _folder.Write("native/libmedgpt_torch.so", "no library");
        var run = await Medgpt.RunAsync(["model", "init", "--tokenizer", model.Folder, "--output-dir", _folder["new"], "--hidden-size", "32", "--layers", "1"], null, new Dictionary<string, string> { ["MEDGPT_NATIVE"] = _folder["native"] });
        run.ShouldRefuse().ShouldStartWith($"error: The tensor library {library} could not be loaded: ");
        Directory.Exists(_folder["new"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_broken_plugin_that_nobody_asked_for_is_a_warning_on_the_error_stream()
    {
        Directory.CreateDirectory(_folder["plugins/Broken"]);
        _folder.Write("plugins/Broken/plugin.json", "{");
        var run = (await Medgpt.RunAsync("plugins", "--json", "--plugins", _folder["plugins"])).ShouldSucceed();
        run.Errors.ShouldContain("warning: ");
        run.Errors.ShouldContain("Broken");
        System.Text.Json.Nodes.JsonNode.Parse(run.Output)!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Training_prints_its_options_and_long_lines_are_not_wrapped()
    {
        var rows = _folder.Write("rows.jsonl", string.Join('\n', Enumerable.Range(0, 8).Select(i => $$"""{"messages":[{"role":"user","content":"Dose {{i}}?"},{"role":"assistant","content":"{{i}} mg."}]}""")));
        var run = (await Medgpt.RunAsync(
            ["train", "sft", "--model_name_or_path", model.Folder, "--train_file_dir", rows, "--output_dir", _folder["out"], "--max_steps", "2", "--torch_dtype", "float16"],
            input: null,
            new Dictionary<string, string> { ["MEDGPT__WEIGHT_DECAY"] = "0.5" })).ShouldSucceed();
        run.Output.ShouldMatch(@"\n    max_steps +2 +command line\n");
        run.Output.ShouldMatch(@"\n    weight_decay +0\.5 +environment MEDGPT__WEIGHT_DECAY\n");
        run.Output.ShouldMatch(@"\n    learning_rate +2e-5 +stage default \(sft\)\n");
        run.Output.ShouldNotContain("adam_beta1");
        run.Output.ShouldContain("--torch-dtype (command line) is accepted without effect: weights that are trained are kept in fp32; --precision chooses the type of the computation\n");
        var options = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["out"], "run.json")))!["options"]!;
        ((string?)options["weight_decay"]!["source"]).ShouldBe("environment MEDGPT__WEIGHT_DECAY");
        ((string?)options["adam_beta1"]!["source"]).ShouldBe("record default");
    }

    // script(1) of util-linux gives the program a terminal of its own.
    [Fact]
    public async Task At_a_terminal_the_guide_asks_and_writes_the_recipe_that_it_runs()
    {
        var rows = _folder.Write("rows.jsonl", "{}\n");
        var command = $"'{Medgpt.Program}' run --check";
        var start = new System.Diagnostics.ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm";
        using var process = System.Diagnostics.Process.Start(start)!;
        var text = new System.Text.StringBuilder();
        var buffer = new char[4096];
        foreach (var (question, answer) in new[] { ("Your choice", "2"), ("model to start from", model.Folder), ("Dialogues", rows), ("Preference pairs", rows), ("everything that is written", _folder["guided"]) })
        {
            while (!text.ToString().Contains(question, StringComparison.Ordinal))
            {
                var count = await process.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
                count.ShouldBeGreaterThan(0, text.ToString());
                text.Append(buffer, 0, count);
            }

            await process.StandardInput.WriteAsync(answer + "\r");
            await process.StandardInput.FlushAsync();
        }

        text.Append(await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2)));
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, text.ToString());
        text.ToString().ShouldContain("2 DPO: SFT -> DPO. Choose it when you have preference pairs");
        File.ReadAllText(_folder["guided/recipe.yaml"]).ShouldContain("command: train dpo");
    }
}
