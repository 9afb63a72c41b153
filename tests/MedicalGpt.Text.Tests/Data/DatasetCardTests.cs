using MedicalGpt.Data;
using MedicalGpt.Training.Data;
using MedicalGpt.Training.Yaml;
using YamlDotNet.Core;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>The configurations that a dataset's README.md lists, as the hub's datasets have them.</summary>
public sealed class DatasetCardTests : IDisposable
{
    private const string Two = """
        license: apache-2.0
        configs:
        - config_name: exams
          default: true
          data_files:
          - split: train
            path: "questions/part-*.jsonl"
          - split: validation
            path: [questions/held.jsonl]
        - config_name: notes
          data_dir: other
          data_files: "**/[ab]?.jsonl"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("medgpt-card").FullName;
    private readonly List<string> _notices = [];

    public DatasetCardTests()
    {
        foreach (var name in new[] { "questions/part-0", "questions/part-1", "questions/held", "other/x/a1", "other/b2", "other/c3", "loose" })
            Write(name + ".jsonl", $$"""{"text":"{{name}}"}""");
        Write("other/b3.txt~", "left over");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(null, "train", "questions/part-0|questions/part-1")]
    [InlineData("exams", "train", "questions/part-0|questions/part-1")]
    [InlineData("exams", "validation", "questions/held")]
    [InlineData("notes", "train", "other/b2|other/x/a1")]
    [InlineData("questions", "train", "questions/held|questions/part-0|questions/part-1")] // no configuration of the list: a sub-folder, as without one
    public async Task Files_are_those_that_the_list_names(string? configuration, string split, string expected)
    {
        Card(Two);
        (await ReadAsync(configuration, split)).ShouldBe(expected.Split('|'));
    }

    [Fact]
    public async Task A_dataset_of_the_hubs_cache_is_read_by_its_list()
    {
        const string Commit = "0123456789abcdef0123456789abcdef01234567";
        Write("hub/datasets--a--b/refs/main", Commit);
        Write($"hub/datasets--a--b/snapshots/{Commit}/README.md", "---\nconfigs:\n- config_name: x\n  data_files:\n  - {split: train, path: deep/rows.jsonl}\n---\n# A\n");
        Write($"hub/datasets--a--b/snapshots/{Commit}/deep/rows.jsonl", """{"text":"pulled"}""");
        Write($"hub/datasets--a--b/snapshots/{Commit}/train.jsonl", """{"text":"not listed"}""");
        (await ReadAsync(FileDataset.FromName("a/b", new DataReadOptions { DatasetRoots = [], Cache = new HubCache(Path.Combine(_folder, "hub")) }), "x", "train")).ShouldBe(["pulled"]);
    }

    [Fact]
    public void Splits_are_those_of_the_list()
    {
        Card(Two);
        HasSplit("exams", "validation").ShouldBeTrue();
        HasSplit("exams", "test").ShouldBeFalse();
        HasSplit("notes", "validation").ShouldBeFalse();
        HasSplit(null, "validation").ShouldBeTrue();
    }

    [Theory]
    [InlineData("train_sft", "train", "questions/held")]
    [InlineData("dev", "validation", "questions/held")]
    [InlineData("everything", "train", "questions/held")]
    public async Task Splits_may_have_other_names(string written, string split, string expected)
    {
        Card($"configs:\n- config_name: a\n  data_files:\n  - split: {written}\n    path: questions/held.jsonl\n");
        (await ReadAsync("a", split)).ShouldBe([expected]);
    }

    [Fact]
    public async Task A_folder_alone_leaves_splits_to_file_names()
    {
        Write("train_part/test.jsonl", """{"text":"t"}""");
        Write("train_part/rows.jsonl", """{"text":"r"}""");
        Card("configs:\n- config_name: a\n  data_dir: train_part\n  sep: ';'\n");
        (await ReadAsync("a", "train")).ShouldBe(["r"]); // the folder's own name says nothing about its files
        (await ReadAsync("a", "test")).ShouldBe(["t"]);
        _notices.ShouldContain(notice => notice.EndsWith("README.md: the configuration a sets sep, which is not read here.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_list_nothing_changes()
    {
        Write("README.md", "---\nlicense: mit\n---\nconfigs: none");
        Write("a/train.jsonl", """{"text":"t"}""");
        (await ReadAsync("a", "train")).ShouldBe(["t"]);
    }

    [Theory]
    [InlineData("configs:\n- config_name: a\n  data_files: x\n- config_name: b\n  data_files: y\n", null, "error: The dataset has several configurations, and none is named.\n  place:   DIR/README.md\n  given:   no --dataset-config-name\n  allowed: a, b\n  remedy:  name one, for example --dataset-config-name a")]
    [InlineData("configs:\n- config_name: a\n  data_files: gone.jsonl\n", "a", "error: Files of the dataset are not where its README.md says.\n  place:   DIR/README.md\n  given:   gone.jsonl (configuration a, split train)\n  remedy:  fetch the dataset whole (medgpt data pull), or name files (--train-file-dir)")]
    [InlineData("configs:\n- config_name: a\n  data_files:\n  - split: test\n    path: loose.jsonl\n", "a", "error: The dataset has no such split.\n  place:   DIR/README.md\n  given:   train\n  allowed: test")]
    [InlineData("configs:\n- config_name: a\n  data_files:\n  - {split: train_a, path: loose.jsonl}\n  - {split: train_b, path: loose.jsonl}\n", "a", "error: Several splits of the dataset may be meant by train.\n  place:   DIR/README.md\n  given:   train_a, train_b\n  remedy:  name the files that are meant (--train-file-dir, --validation-file-dir)")]
    [InlineData("configs:\n- config_name: a\n  data_files: ../secret.jsonl\n", "a", "error: The configurations in the dataset's README.md cannot be read.\n  place:   DIR/README.md:4\n  given:   files at \"../secret.jsonl\"\n  allowed: files in the dataset's own folder\n  remedy:  mend them, or name files (--train-file-dir)")]
    [InlineData("configs:\n- config_name: a\n  data_files: hf://datasets/a/b.jsonl\n", "a", "error: The configurations in the dataset's README.md cannot be read.\n  place:   DIR/README.md:4\n  given:   files at \"hf://datasets/a/b.jsonl\"\n  allowed: files in the dataset's own folder\n  remedy:  mend them, or name files (--train-file-dir)")]
    [InlineData("configs:\n- config_name: a\n- config_name: a\n", "a", "error: The configurations in the dataset's README.md cannot be read.\n  place:   DIR/README.md:3\n  given:   the configuration a twice\n  allowed: each name once\n  remedy:  mend them, or name files (--train-file-dir)")]
    [InlineData("configs:\n  a: b\n", "a", "error: The configurations in the dataset's README.md cannot be read.\n  place:   DIR/README.md:3\n  given:   configs\n  allowed: a list of configurations, each with config_name and data_files\n  remedy:  mend them, or name files (--train-file-dir)")]
    public async Task What_cannot_be_read_is_named(string card, string? configuration, string expected)
    {
        Card(card);
        (await Should.ThrowAsync<MedicalGptException>(() => ReadAsync(configuration, "train"))).ToBlock().Replace(_folder, "DIR", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Theory]
    [InlineData("configs: [\n")]
    [InlineData("configs: &a [*a]\n")]
    [InlineData("configs:\n- config_name: a\n  config_name: b\n")]
    public async Task Broken_lists_are_one_readable_error(string card)
    {
        Card(card);
        (await Should.ThrowAsync<MedicalGptException>(() => ReadAsync("a", "train"))).ToBlock().ShouldContain("README.md");
    }

    [Theory]
    [InlineData("configs:\n- config_name: a\n  data_files:\n  - {split: train, path: loose.jsonl}\n  - {split: validation, path: [questions/held.jsonl, gone.jsonl, far/*.jsonl]}\n", "Files of the dataset are not where its README.md says. (gone.jsonl, far/*.jsonl (configuration a, split validation))")]
    [InlineData("configs:\n- config_name: a\n  data_files:\n  - {split: train, path: loose.jsonl}\n  - {split: valid_a, path: questions/held.jsonl}\n  - {split: valid_b, path: gone.jsonl}\n", "Several splits of the dataset may be meant by validation. (valid_a, valid_b)")]
    [InlineData("configs:\n- config_name: a\n  data_files:\n  - {split: train, path: loose.jsonl}\n  - {split: validation, path: loose.xyz}\n", "The data file has a format that is not read. (.xyz)")]
    [InlineData("configs:\n- config_name: a\n  data_files:\n  - {split: train, path: loose.jsonl}\n  - {split: validation, path: '[z-a].jsonl'}\n", "The file pattern cannot be read. ([z-a].jsonl)")]
    [InlineData("configs:\n- config_name: a\n  data_dir: gone\n", "The data does not exist. (neither a file nor a folder)")]
    public async Task A_split_that_cannot_be_read_as_listed_is_told_and_is_an_error_when_asked_for(string card, string why)
    {
        Write("loose.xyz", "");
        Card(card);
        var dataset = FileDataset.FromName(_folder, new DataReadOptions { Notice = _notices.Add });
        dataset.HasSplit(new DatasetRequest(ExampleKind.Text, "a", "validation")).ShouldBeFalse();
        var notice = _notices.ShouldHaveSingleItem();
        notice.ShouldContain("no validation rows are read.");
        notice.ShouldEndWith(why);
        (await Should.ThrowAsync<MedicalGptException>(() => ReadAsync(dataset, "a", "validation"))).Message.ShouldBe(why[..(why.IndexOf(". (", StringComparison.Ordinal) + 1)]);
    }

    // 64 levels may stand within each other: the mapping of the head, the list and 62 more.
    [Theory]
    [InlineData("configs: ", "[", "]")]
    [InlineData("configs:\n ", "- ", "")]
    [InlineData("configs: ", "{a: ", "}")]
    [InlineData("configs:\n ", "? ", "")]
    public void Depth_is_bounded_however_it_is_written(string start, string open, string close)
    {
        string Nested(int levels) => start + string.Concat(Enumerable.Repeat(open, levels)) + "x" + string.Concat(Enumerable.Repeat(close, levels));
        BoundedYaml.Load(Nested(63)).Documents.Count.ShouldBe(1);
        Should.Throw<YamlException>(() => BoundedYaml.Load(Nested(64))).Message.ShouldBe("mappings and lists stand within each other deeper than 64");
        Card(Nested(100_000));
        Should.Throw<MedicalGptException>(() => HasSplit("a", "train")).ToBlock().ShouldContain("README.md is not valid YAML: mappings and lists stand within each other deeper than 64");
    }

    [Fact]
    public void Depth_by_indentation_and_by_aliases_is_bounded()
    {
        var indented = string.Join('\n', Enumerable.Range(0, 65).Select(level => new string(' ', level) + "a:"));
        Should.Throw<YamlException>(() => BoundedYaml.Load(indented)).Message.ShouldContain("deeper than 64");
        // Each alias puts the whole of the one before into a list of its own: 40 levels by 2 are 80.
        var doubled = string.Join('\n', new[] { "a0: &a0 x" }.Concat(Enumerable.Range(1, 40).Select(level => $"a{level}: &a{level} [[*a{level - 1}]]")));
        Should.Throw<YamlException>(() => BoundedYaml.Load(doubled)).Message.ShouldContain("deeper than 64");
    }

    // 9 lists of 9 aliases each mean 9^9 nodes.
    [Fact]
    public void Aliases_mean_a_bounded_number_of_nodes()
    {
        var laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 9).Select(level => $"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 9))}]\n"));
        Should.Throw<YamlException>(() => BoundedYaml.Load(laughs)).Message.ShouldBe("more than 1000000 nodes, with what aliases stand for");
        Card(laughs + "? *a9\n: x\nconfigs: []"); // as a key it would be hashed whole
        Should.Throw<MedicalGptException>(() => HasSplit("a", "train")).ToBlock().ShouldContain("more than 1000000 nodes");
        BoundedYaml.Load("a: &a [x, y]\nb: [*a, *a]").Documents.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("a: &a [*a]")]
    [InlineData("a: *b\nb: &b x")]
    [InlineData("a: *b")]
    public void An_alias_stands_for_what_is_complete_before_it(string text) => Should.Throw<YamlException>(() => BoundedYaml.Load(text)).Message.ShouldContain("stands for nothing that is complete before it");

    [Fact]
    public void Names_that_differ_by_their_tags_alone_are_one_name()
    {
        Card("configs:\n- config_name: a\n  !!str config_name: b\n");
        Should.Throw<MedicalGptException>(() => HasSplit("a", "train")).Given.ShouldBe("config_name twice");
    }

    [Fact]
    public void A_head_has_an_end()
    {
        Card("configs: []\n" + string.Concat(Enumerable.Repeat("# " + new string('x', 100) + "\n", 50_000)));
        Should.Throw<MedicalGptException>(() => HasSplit("a", "train")).Given.ShouldBe("more than 4194304 characters between two lines of ---");
    }

    [Fact]
    public async Task Names_of_the_list_are_shown_where_none_fits()
    {
        Card(Two);
        (await Should.ThrowAsync<MedicalGptException>(() => ReadAsync("exam", "train"))).Allowed!.ShouldStartWith("exams, notes (README.md); a sub-folder, or what files begin with; there are ");
    }

    private static async Task<List<string>> ReadAsync(IDataset dataset, string? configuration, string split) =>
        await dataset.ReadAsync(new DatasetRequest(ExampleKind.Text, configuration, split), default).Select(row => ((PlainText)row).Text).ToListAsync();

    private Task<List<string>> ReadAsync(string? configuration, string split) => ReadAsync(FileDataset.FromName(_folder, new DataReadOptions { Notice = _notices.Add }), configuration, split);

    private bool HasSplit(string? configuration, string split) => FileDataset.FromName(_folder).HasSplit(new DatasetRequest(ExampleKind.Text, configuration, split));

    private void Card(string head) => Write("README.md", $"---\n{head}\n---\n# A dataset\n");

    private void Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
