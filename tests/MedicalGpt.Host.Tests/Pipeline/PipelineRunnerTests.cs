using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Pipeline;

/// <summary>Which stages run again, and what is kept; with the program's own commands.</summary>
public sealed class PipelineRunnerTests : IDisposable
{
    private readonly CheapRecipe _recipe = new();

    public void Dispose() => _recipe.Dispose();

    [Fact]
    public async Task Finished_stages_are_skipped()
    {
        (await _recipe.RunAsync()).ShouldBe("tokenizer other base");
        _recipe.Last.ShouldContain("1/3 tokenizer: tokenizer train");
        var weights = File.GetLastWriteTimeUtc(_recipe["base/model.safetensors"]);
        (await _recipe.RunAsync()).ShouldBe("");
        _recipe.Last.ShouldContain("3/3 base: finished before, skipped");
        File.GetLastWriteTimeUtc(_recipe["base/model.safetensors"]).ShouldBe(weights);
    }

    [Fact]
    public async Task From_runs_a_stage_and_everything_behind_it()
    {
        await _recipe.RunAsync();
        (await _recipe.RunAsync("--from", "other")).ShouldBe("other base");
        (await _recipe.RunAsync("--from", "base")).ShouldBe("base");
        (await _recipe.RunAsync()).ShouldBe("");
    }

    [Fact]
    public async Task Changed_options_run_exactly_what_they_change()
    {
        await _recipe.RunAsync();
        (await _recipe.RunAsync("--seed", "2")).ShouldBe("base");
        (await _recipe.RunAsync("--seed", "2", "--vocabulary", "290")).ShouldBe("tokenizer base");
        (await _recipe.RunAsync("--seed", "2", "--vocabulary", "290")).ShouldBe("");
    }

    [Fact]
    public async Task A_changed_input_file_runs_its_readers()
    {
        await _recipe.RunAsync();
        File.AppendAllText(_recipe.Corpus, "\nAspirin thins the blood.\n");
        (await _recipe.RunAsync()).ShouldBe("tokenizer other base");
    }

    [Fact]
    public async Task A_missing_result_is_made_again_with_what_reads_it()
    {
        await _recipe.RunAsync();
        Directory.Delete(_recipe["tokenizer"], recursive: true);
        (await _recipe.RunAsync()).ShouldBe("tokenizer base");
    }

    [Fact]
    public async Task A_failing_stage_keeps_what_was_finished()
    {
        _recipe.Write(width: 15);
        (await Should.ThrowAsync<MedicalGptException>(() => _recipe.RunAsync())).Message.ShouldBe("The width is no multiple of the number of heads.");
        _recipe.Write(width: 16);
        (await _recipe.RunAsync()).ShouldBe("base");
    }

    [Fact]
    public async Task An_unknown_stage_to_start_from()
    {
        var error = await Should.ThrowAsync<MedicalGptException>(() => _recipe.RunAsync("--from", "bose"));
        error.ToBlock().ShouldBe("error: There is no such stage.\n  place:   --from\n  given:   bose\n  allowed: tokenizer, other, base\n  remedy:  did you mean base?");
        Directory.Exists(_recipe.Output).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_list_of_stages()
    {
        Directory.CreateDirectory(_recipe.Output);
        File.WriteAllText(_recipe["pipeline.json"], "[{");
        var block = (await Should.ThrowAsync<MedicalGptException>(() => _recipe.RunAsync())).ToBlock();
        block.ShouldStartWith("error: The list of finished stages cannot be read: ");
        block.ShouldEndWith($"  place:   {_recipe["pipeline.json"]}\n  remedy:  delete the file to run every stage again");
    }

    [Fact]
    public async Task Check_starts_nothing()
    {
        await _recipe.RunAsync("--check");
        _recipe.Last.ShouldContain($"  base: model init -> {_recipe["base"]}");
        Directory.Exists(_recipe.Output).ShouldBeFalse();
    }
}
