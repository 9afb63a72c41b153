using MedicalGpt.Host.CommandLine;
using MedicalGpt.Host.Commands.Components;
using MedicalGpt.Host.Plugins;
using MedicalGpt.Host.Tests.Plugins;
using MedicalGpt.Host.Tests.Support;
using MedicalGpt.Options;
using MedicalGpt.Plugins;
using MedicalGpt.Torch.Extras;
using Microsoft.Extensions.DependencyInjection;

namespace MedicalGpt.Host.Tests.CommandLine;

/// <summary>Words, help and names of all commands.</summary>
public sealed class CommandTreeTests
{
    [Theory]
    [InlineData("trian sft", "error: There is no such command.\n  place:   medgpt\n  given:   trian\n  allowed: ", "\n  remedy:  did you mean 'medgpt train'?")]
    [InlineData("train dppo", "error: There is no such command.\n  place:   medgpt train\n  given:   dppo\n  allowed: dpo, grpo, orpo, ppo, pt, rm, sft", "\n  remedy:  did you mean 'medgpt train dpo'?")]
    [InlineData("train", "error: A command is missing.\n  place:   medgpt train\n  allowed: dpo, grpo, orpo, ppo, pt, rm, sft", "\n  remedy:  medgpt train --help explains them")]
    [InlineData("train --beta 3", "error: A command is missing.\n  place:   medgpt train\n  given:   --beta\n  allowed: dpo, grpo, orpo, ppo, pt, rm, sft", "\n  remedy:  medgpt train --help explains them")]
    [InlineData("model infos x", "error: There is no such command.\n  place:   medgpt model\n  given:   infos\n  allowed: init, info", "\n  remedy:  did you mean 'medgpt model info'?")]
    public async Task Unknown_words(string line, string start, string end)
    {
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync(line.Split(' '));
        block.ShouldStartWith(start);
        block.ShouldEndWith(end);
    }

    [Fact]
    public async Task Help_of_every_command_tells_default_unit_and_range_of_every_option()
    {
        await using var first = await TestHost.StartAsync();
        first.Commands.Count.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var name in first.Commands.Select(command => command.Name))
        {
            await using var host = await TestHost.StartAsync();
            (await host.RunAsync([.. name.Split(' '), "--help"])).ShouldBe(0);
            var text = Packed(host.Terminal.Text);
            var command = host.Commands.Single(command => command.Name == name);
            text.ShouldContain(Packed(command.Summary));
            var set = new OptionSet(command.Records);
            foreach (var row in set.Records.SelectMany(record => OptionHelp.Rows(set, record)))
            {
                text.ShouldContain(row.Flag, Case.Sensitive, name);
                text.ShouldContain(Packed(row.Description), Case.Sensitive, name);
                foreach (var choice in row.Type.Split('|'))
                    text.ShouldContain(choice, Case.Sensitive, $"{name} {row.Flag}");
                if (row.Range.Length > 0)
                    text.ShouldContain(Packed($"[{row.Range}]"), Case.Sensitive, $"{name} {row.Flag}");
                text.ShouldContain(Packed(row.Default + row.Unit), Case.Sensitive, $"{name} {row.Flag}");
            }
        }
    }

    [Fact]
    public async Task Help_of_a_stage_states_which_length_wins()
    {
        await using var host = await TestHost.StartAsync();
        await host.RunAsync("train", "ppo", "--help");
        host.Terminal.Text.ShouldContain("How long a run is: --max-steps wins over --total-episodes (where the stage has it), which wins over --num-train-epochs.");
        host.Terminal.Text.ShouldMatch(@"--learning-rate number +1\.41e-5");
        host.Terminal.Text.ShouldContain("  --remove-unused-columns: columns that no stage reads do no harm; rewards may read them");
    }

    [Fact]
    public async Task No_two_options_share_a_name_whatever_plugins_are_combined()
    {
        await using var host = await TestHost.StartAsync();
        var catalog = host.Services.GetRequiredService<InstalledComponents>().Catalog;
        var rewards = catalog.List(ComponentKinds.Reward).Select(ComponentSchema.Read).ToList();
        rewards.Count.ShouldBeGreaterThanOrEqualTo(4);
        var stages = host.Commands.Where(command => command.Name.StartsWith("train ", StringComparison.Ordinal)).ToList();
        stages.Count.ShouldBe(7);
        foreach (var stage in stages)
        {
            foreach (var dataset in catalog.List(ComponentKinds.Dataset).Select(ComponentSchema.Read))
                Should.NotThrow(() => new OptionSet([.. stage.Records, dataset, .. rewards]), stage.Name);
        }
    }

    [Fact]
    public async Task A_word_that_begins_with_an_at_sign_is_no_file_of_words()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("plugins", "--component", "@exact-anser")).ShouldContain("'@exact-anser'");
    }

    [Fact]
    public async Task Help_of_a_stage_needs_no_assembly_of_its_plugin()
    {
        using var folder = new TemporaryFolder();
        foreach (var copy in new[] { "one", "two" })
        {
            BuiltPlugins.Copy(Path.Combine(BuiltPlugins.Artifacts, "plugins", "MedicalGpt.Algorithms.Dpo"), folder[copy]);
            foreach (var assembly in Directory.GetFiles(folder[copy], "*.dll"))
                File.WriteAllText(assembly, "no assembly");
        }

        await using var host = await TestHost.StartAsync(plugins: folder.Root);
        (await host.RunAsync("train", "dpo", "--help")).ShouldBe(0);
        host.Terminal.Text.ShouldContain("--label-smoothing");
        // Two plugins that give one name are no trouble until somebody asks for it.
        (await host.RefusedAsync("train", "dpo", "--model", "m", "--output", "o")).ShouldStartWith("error: 2 plugins give the algorithm 'dpo'.");
    }

    [Fact]
    public async Task No_words_are_help()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync()).ShouldBe(0);
    }

    [Fact]
    public void Exit_codes_and_blocks()
    {
        Printed(new MedicalGptException("Wrong.") { Remedy = "mend it" }).ShouldBe((2, "error: Wrong.\n  remedy:  mend it\n"));
        Printed(new OperationCanceledException()).ShouldBe((130, "interrupted\n"));
        Printed(new IOException("No space left on device")).ShouldBe((2, "error: No space left on device\n  remedy:  check that the path exists, that you may read and write there, and that the disk is not full\n"));
        Printed(new TypeInitializationException("MedicalGpt.Torch.Dispatch", new TensorLibraryException("The tensor library was not found; build it."))).ShouldBe((2, "error: The tensor library was not found; build it.\n"));
        Printed(new InvalidOperationException("oops")).ShouldBe((1, "error: oops\n  this is a fault of the program (InvalidOperationException); --verbose shows where it happened\n"));
    }

    [Fact]
    public void Only_verbose_shows_where_an_error_happened()
    {
        var error = Should.Throw<InvalidOperationException>(() => throw new InvalidOperationException("oops"));
        Printed(error).Text.ShouldNotContain("   at ");
        Printed(error, verbose: true).Text.ShouldContain("   at MedicalGpt.Host.Tests.");
    }

    [Fact]
    public void General_flags_stand_anywhere()
    {
        var flags = GeneralFlags.Take(["train", "--plugins", "a", "sft", "--verbose", "--plugins=b", "--beta", "1"]);
        flags.Words.ShouldBe(["train", "sft", "--beta", "1"]);
        (flags.Verbose, string.Join(' ', flags.Plugins)).ShouldBe((true, "a b"));
    }

    private static (int Code, string Text) Printed(Exception error, bool verbose = false)
    {
        var output = new StringWriter { NewLine = "\n" };
        return (ErrorPrinter.Print(error, verbose, output), output.ToString());
    }

    private static string Packed(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
