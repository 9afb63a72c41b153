using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests.Pipelines;

/// <summary>A recipe that lists several sources of rows: files, and a dataset's folder with the configuration that its README.md lists.</summary>
/// <param name="model">A small model.</param>
public sealed class MixtureRecipeTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // repeat: 3 · 4 + 8 + 4 = 24 rows. A quarter of them, 6, is held out: the first two of the small file's questions, three times each; each is measured once.
    [Fact]
    public async Task Repeated_sources_are_trained_on_as_often_as_the_list_says_and_held_out_questions_never()
    {
        var run = await RunAsync("repeat", "validation_split_percentage: 25");
        run.Output.ShouldContain("held out: 6 of 24 rows, which ask 2 different questions; none of these is trained on");
        run.Output.ShouldNotContain("held-out prompts");
        var record = Record();
        (Count(record, "train_rows"), Count(record, "eval_rows")).ShouldBe((18, 2));
        record["data"]!.AsArray().Select(file => Path.GetFileName(file!["path"]!.GetValue<string>())).ShouldBe(["small.jsonl", "large.jsonl"]);
    }

    // first_exhausted: the small file ends the mixture after its 4 rows; how many of the others come before that the seed decides.
    [Fact]
    public async Task The_first_source_that_ends_ends_the_mixture()
    {
        await RunAsync("first_exhausted");
        Count(Record(), "train_rows").ShouldBeInRange(4, 15);
    }

    [Fact]
    public async Task A_source_with_other_columns_is_refused_with_a_remedy_for_that_source()
    {
        Write("large.jsonl", 8, "large", question: "query");
        var run = await Medgpt.RunAsync("run", Recipe("repeat", ""));
        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain($"medgpt data convert {_folder["large.jsonl"]} --output NEW.jsonl --columns.question=query (in training, --columns hold for all sources)");
    }

    private async Task<Medgpt> RunAsync(string strategy, string more = "")
    {
        Write("large.jsonl", 8, "large");
        return (await Medgpt.RunAsync("run", Recipe(strategy, more))).ShouldSucceed();
    }

    private string Recipe(string strategy, string more)
    {
        Write("small.jsonl", 4, "small");
        Directory.CreateDirectory(_folder["dataset/deep"]);
        Write("dataset/deep/rows.jsonl", 4, "listed");
        Write("dataset/train.jsonl", 4, "not listed");
        _folder.Write("dataset/README.md", "---\nconfigs:\n- config_name: exams\n  data_files:\n  - split: train\n    path: deep/*.jsonl\n---\n");
        return _folder.Write("mixture.yaml", $$"""
            name: mixture
            inputs:
              output_dir: { default: {{_folder["out"]}}, help: Folder for everything that is written }
            stages:
              sft:
                command: train sft
                options:
                  model_name_or_path: {{model.Folder}}
                  train_sources:
                    - {{_folder["small.jsonl"]}}=3
                    - {{_folder["large.jsonl"]}}
                    - {{_folder["dataset"]}}:exams=1
                  mix_strategy: {{strategy}}
                  max_steps: 1
                  data_cache_size: 0
                  output_dir: ${output_dir}/sft
                  {{more}}
            """);
    }

    private void Write(string name, int rows, string source, string question = "question") =>
        _folder.Write(name, string.Concat(Enumerable.Range(0, rows).Select(i => $$"""{"{{question}}":"Take {{i}} mg of {{source}}?","answer":"Take {{i}} mg."}""" + "\n")));

    private JsonNode Record() => JsonNode.Parse(File.ReadAllText(_folder["out/sft/run.json"]))!;

    private static int Count(JsonNode record, string rows) => record[rows]!["given"]!.GetValue<int>();
}
