using MedicalGpt.Data;
using MedicalGpt.Host.Hub;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Hub.Tests;

/// <summary>Which files of a repository are pulled.</summary>
public sealed class ChoiceTests
{
    [Fact]
    public void Of_a_model_come_configuration_tokenizer_template_and_safetensors()
    {
        string[] wanted =
        [
            "LICENSE", "README.md", "additional_chat_templates/tool_use.jinja", "chat_template.jinja", "config.json", "generation_config.json", "merges.txt",
            "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json", "special_tokens_map.json", "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json",
        ];
        string[] unwanted = ["onnx/model.onnx", "pytorch_model.bin", "training_args.bin", "modeling_custom.py", "original/consolidated.00.pth", "figures/a.png", "checkpoint-1/model.safetensors", "flax_model.msgpack"];
        Models([], [], [.. unwanted, .. wanted]).ShouldBe(wanted, ignoreOrder: true);
    }

    [Fact]
    public void Pickles_alone_are_refused_with_the_way_to_convert_them()
    {
        var error = Should.Throw<MedicalGptException>(() => Models([], [], "config.json", "pytorch_model.bin"));
        error.Given.ShouldBe("pytorch_model.bin");
        error.Remedy!.ShouldContain("safe_serialization=True");
        Should.Throw<MedicalGptException>(() => Models(["*.bin"], [], "config.json", "pytorch_model.bin", "model.safetensors")).Given.ShouldBe("pytorch_model.bin");
        Models(["*"], [], "config.json", "pytorch_model.bin", "model.safetensors").ShouldBe(["config.json", "model.safetensors"]);
    }

    [Fact]
    public void Patterns_that_match_nothing_name_their_neighbour() =>
        Should.Throw<MedicalGptException>(() => Models(["confg.json"], [], "config.json", "model.safetensors")).Remedy.ShouldBe("did you mean 'config.json'?");

    // Python: fnmatch.fnmatch(path, pattern), where * and ? match '/' too.
    [Theory]
    [InlineData("*.json", "a/b.json", true)]
    [InlineData("data/*", "data/x/y.txt", true)]
    [InlineData("data/", "data/x/y.txt", true)]
    [InlineData("a?c", "a/c", true)]
    [InlineData("[ab].txt", "b.txt", true)]
    [InlineData("[!ab].txt", "b.txt", false)]
    [InlineData("[]].txt", "].txt", true)]
    [InlineData("[^a].txt", "a.txt", true)]
    [InlineData("[^a].txt", "b.txt", false)]
    [InlineData("*.JSON", "a.json", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("[", "[", true)]
    [InlineData("(a|b)+", "(a|b)+", true)]
    public void Loose_patterns_are_those_of_the_python_client(string pattern, string path, bool matches) => FilePatterns.Loose([pattern]).Match(path).ShouldBe(matches);

    [Theory]
    [InlineData("*.json", "a/b.json", false)]
    [InlineData("*/b.json", "a/b.json", true)]
    [InlineData("**/b.json", "b.json", true)]
    [InlineData("**/b.json", "x/y/b.json", true)]
    [InlineData("data/**", "data/x/y", true)]
    [InlineData("a?c", "a/c", false)]
    public void Strict_patterns_stay_in_a_folder(string pattern, string path, bool matches) => FilePatterns.Strict([pattern]).Match(path).ShouldBe(matches);

    [Fact]
    public void Patterns_that_cannot_be_read_are_named() =>
        Should.Throw<MedicalGptException>(() => Models(["[z-a].json"], [], "config.json")).ToBlock().ShouldBe("error: The file pattern cannot be read.\n  given:   [z-a].json\n  allowed: names with *, **, ? and [abc] or [a-z]");

    [Fact]
    public void Of_a_dataset_come_rows_and_descriptions()
    {
        string[] wanted = ["README.md", "finetune/train_zh_0.json", "more.ndjson", "reward/train.jsonl.gz", "test.parquet"];
        Data(null, null, [.. wanted, "medical.py", "image.png", "x.pickle"]).ShouldBe(wanted, ignoreOrder: true);
        Data("finetune", null, wanted).ShouldBe(["README.md", "finetune/train_zh_0.json"]);
        Data("test", null, wanted).ShouldBe(["README.md", "test.parquet"]);
        var error = Should.Throw<MedicalGptException>(() => Data("finetun", null, wanted));
        error.Remedy.ShouldBe("did you mean 'finetune'?");
    }

    // Older guides name the pairs so.
    [Fact]
    public void Dpo_and_orpo_are_the_reward_rows_where_there_are_no_others()
    {
        string[] files = ["README.md", "finetune/train.json", "reward/train.json"];
        var notices = new List<string>();
        foreach (var name in new[] { "dpo", "orpo" })
            new DataFileChoice([], [], name, null) { Notice = notices.Add }.Choose(Listing(HubRepositoryKind.Dataset, files), []).Select(file => file.Path).ShouldBe(["README.md", "reward/train.json"]);
        notices.ShouldBe(["the repository has no configuration dpo; its configuration reward holds the same kind of rows and is pulled instead", "the repository has no configuration orpo; its configuration reward holds the same kind of rows and is pulled instead"]);
        Data("dpo", null, [.. files, "dpo/train.json"]).ShouldBe(["README.md", "dpo/train.json"]);
        Should.Throw<MedicalGptException>(() => Data("dpo", null, "finetune/train.json")).Message.ShouldBe("The dataset has no such configuration.");
    }

    [Fact]
    public void A_size_that_the_hub_does_not_tell_is_no_number()
    {
        var report = new PullReport(Listing(HubRepositoryKind.Dataset, []), "mit", "DIR") { Files = [new PulledFile(new HubFile("a.json", -1, new string('b', 40)), false)], IsDryRun = true };
        report.Lines().First().ShouldBe("size not told  a.json");
        report.ToJson()["files"]![0]!["bytes"].ShouldBeNull();
        (report with { IsDryRun = false, Files = [new PulledFile(new HubFile("a.json", -1, new string('b', 40)), true)] }).Lines().Single().ShouldStartWith("pulled 1 files, 0 bytes");
    }

    [Fact]
    public void A_table_says_which_files_are_of_a_configuration()
    {
        var source = new DatasetSource("medical", "clinic/medical", "apache-2.0", "https://example.org",
        [
            new DatasetConfiguration("a", ExampleKind.Text, new Dictionary<string, IReadOnlyList<string>> { ["train"] = ["one/*.json"] }),
            new DatasetConfiguration("b", ExampleKind.Text, new Dictionary<string, IReadOnlyList<string>> { ["train"] = ["two/**"] }),
        ])
        { Summary = "clinical notes" };
        string[] files = ["README.md", "one/x.json", "one/deep/x.json", "two/y/z.txt", "three.json"];
        Data("a", source, files).ShouldBe(["README.md", "one/x.json"]);
        Data(null, source, files).ShouldBe(["README.md", "one/x.json", "two/y/z.txt"]);
        Should.Throw<MedicalGptException>(() => Data("c", source, files)).Allowed.ShouldBe("a, b");
    }

    // README.md: exams has files by split, notes a folder with a pattern, all the files of a folder by their names.
    [Theory]
    [InlineData("exams", "questions/a.jsonl|questions/b.jsonl.gz|questions/held.csv")]
    [InlineData("notes", "other/deep/x.json|other/x.json")]
    [InlineData("all", "other/deep/x.json|other/x.json|other/y.txt")]
    [InlineData("questions", "questions/a.jsonl|questions/b.jsonl.gz|questions/c.json|questions/held.csv")] // not listed: a folder, as without a list
    public void The_card_says_which_files_are_of_a_configuration(string configuration, string expected)
    {
        var notices = new List<string>();
        Listed(configuration, notices).ShouldBe(["README.md", .. expected.Split('|')], ignoreOrder: true);
        notices.ShouldBe(configuration == "exams" ? ["README.md names files of the configuration exams that the repository does not have as rows: gone/*.jsonl, run.py"] : []);
    }

    [Fact]
    public void A_configuration_that_the_card_does_not_list_is_refused_with_those_it_does()
    {
        var error = Should.Throw<MedicalGptException>(() => Listed("exam", []));
        (error.Given, error.Allowed, error.Remedy).ShouldBe(("exam", "exams, notes, all, lost", "did you mean 'exams'?"));
        Should.Throw<MedicalGptException>(() => Listed("lost", [])).ToBlock().ShouldBe("""
            error: The repository has no files of rows where its README.md says.
              place:   clinic/thing at main
              given:   far/*.jsonl (configuration lost)
              allowed: README.md, other/deep/x.json, other/x.json, other/y.txt, other/z.bin, questions/a.jsonl, questions/b.jsonl.gz, questions/c.json, questions/held.csv, run.py
              remedy:  name the files with --include PATTERN, or pull another --revision
            """);
    }

    [Fact]
    public void A_dataset_of_a_script_names_the_hubs_conversion() =>
        Should.Throw<MedicalGptException>(() => Data(null, null, "README.md", "medical.py")).Remedy!.ShouldContain("refs/convert/parquet");

    private static IEnumerable<string> Listed(string configuration, List<string> notices)
    {
        CardConfiguration[] card =
        [
            new("exams", false, "", [new CardSplit("train", ["questions/[ab].jsonl", "gone/*.jsonl", "run.py"]), new CardSplit("test", ["questions/held.csv"])]),
            new("notes", false, "other", [new CardSplit("train", ["**/x.json"])]),
            new("all", false, "other", []),
            new("lost", false, "far", [new CardSplit("train", ["*.jsonl"])]),
        ];
        string[] paths = ["README.md", "questions/a.jsonl", "questions/b.jsonl.gz", "questions/c.json", "questions/held.csv", "other/x.json", "other/deep/x.json", "other/y.txt", "other/z.bin", "run.py"];
        return new DataFileChoice([], [], configuration, null) { Notice = notices.Add }.Choose(Listing(HubRepositoryKind.Dataset, paths), card).Select(file => file.Path);
    }

    private static HubListing Listing(HubRepositoryKind kind, string[] paths) =>
        new(HubRepository.Parse(kind, "clinic/thing"), "main", new string('a', 40), [.. paths.Order(StringComparer.Ordinal).Select(path => new HubFile(path, 1, new string('b', 40)))]);

    private static IEnumerable<string> Models(string[] include, string[] exclude, params string[] paths) =>
        new ModelFileChoice(include, exclude).Choose(Listing(HubRepositoryKind.Model, paths)).Select(file => file.Path);

    private static IEnumerable<string> Data(string? configuration, DatasetSource? source, params string[] paths) =>
        new DataFileChoice([], [], configuration, source).Choose(Listing(HubRepositoryKind.Dataset, paths), []).Select(file => file.Path);
}
