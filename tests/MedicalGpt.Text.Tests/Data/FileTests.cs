using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

public sealed class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medgpt-data").FullName;

    [Theory]
    [InlineData("a.json", """[{"text":"1"}, {"text":"2"}]""")]
    [InlineData("a.json", "[\n{\"text\":\"1\"},\n{\"text\":\"2\"}\n]")]
    [InlineData("a.json", "\uFEFF\n  [{\"text\":\"1\"}, {\"text\":\"2\"}]")]
    [InlineData("a.json", "{\"text\":\"1\"}\n{\"text\":\"2\"}\n")]
    [InlineData("a.json", "{\n\"data\": [{\"text\":\"1\"}, {\"text\":\"2\"}]\n}")]
    [InlineData("a.json", "{\n\"id1\": {\"text\":\"1\"},\n\"id2\": {\"text\":\"2\"}\n}")]
    [InlineData("a.jsonl", "\uFEFF{\"text\":\"1\"}\r\n\r\n{\"text\":\"2\"}")]
    [InlineData("a.json", "{\"text\": [\"1\", \"2\"], \"id\": [7, 8]}")]
    [InlineData("a.ndjson", "{\"text\":\"1\"}\n{\"text\":\"2\"}\n")]
    [InlineData("a.csv", "text\n1\n2\n")]
    [InlineData("sub/deep/a.txt", "1\n \n2\r\n")]
    public async Task Every_layout_gives_the_same_rows(string name, string content)
    {
        Write(name, content);
        (await Rows.ReadAsync(_folder, ExampleKind.Text)).Cast<PlainText>().Select(t => t.Text).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Long_lines_are_read_whole()
    {
        var text = new string('长', 200_000);
        Write("a.jsonl", $"{{\"text\":\"{text}\"}}\n{{\"text\":\"b\"}}");
        var rows = await Rows.ReadAsync(_folder, ExampleKind.Text);
        ((PlainText)rows[0]).Text.ShouldBe(text);
        rows[1].Origin.Line.ShouldBe(2);
    }

    [Fact]
    public async Task A_dataset_folder_gives_its_configuration_and_split()
    {
        Write("medical/reward/train.json", """{"question":"q","response_chosen":"c","response_rejected":"r"}""");
        Write("medical/reward/valid.json", """{"question":"v","response_chosen":"c","response_rejected":"r"}""");
        Write("medical/finetune/train_zh_0.json", """{"instruction":"i","input":"","output":"o"}""");
        var notices = new List<string>();
        var dataset = FileDataset.FromName("shibing624/medical", new DataReadOptions { DatasetRoots = [_folder], Notice = notices.Add });
        (await Read(dataset, ExampleKind.Preference, "dpo", "train")).ShouldBe(["q"]);
        notices[0].ShouldEndWith("has no configuration dpo; its configuration reward holds the same kind of rows and is read instead.");
        (await Read(dataset, ExampleKind.Preference, "reward", "validation")).ShouldBe(["v"]);
        (await Read(dataset, ExampleKind.Conversation, "finetune", "train")).ShouldBe(["i"]);
        dataset.HasSplit(new DatasetRequest(ExampleKind.Preference, "reward", "validation")).ShouldBeTrue();
        dataset.HasSplit(new DatasetRequest(ExampleKind.Conversation, "finetune", "validation")).ShouldBeFalse();
        (await Should.ThrowAsync<MedicalGptException>(() => Read(dataset, ExampleKind.Preference, "grpo", "train"))).ToBlock().ShouldEndWith("given:   --dataset-config-name grpo\n  allowed: a sub-folder, or what files begin with; there are finetune, reward");
        (await Should.ThrowAsync<MedicalGptException>(() => Read(dataset, ExampleKind.Conversation, "finetune", "test"))).Message.ShouldEndWith("(configuration finetune) has no test files; it has train_zh_0.json.");
        (await Should.ThrowAsync<MedicalGptException>(() => Read(dataset, ExampleKind.Conversation, "../x", "train"))).Message.ShouldContain("is no name");
    }

    [Fact]
    public void A_dataset_that_is_not_on_disk_is_named()
    {
        var cache = new HubCache(Path.Combine(_folder, "hub"));
        Should.Throw<MedicalGptException>(() => FileDataset.FromName("a/b", new DataReadOptions { DatasetRoots = ["data"], Cache = cache })).ToBlock().ShouldBe($"""
            error: The dataset a/b is not on disk.
              place:   --dataset-name
              given:   a/b
              allowed: one of the folders a/b, data/a/b, data/b, or a snapshot in the hub's cache {cache.Root}
              remedy:  fetch it (medgpt data pull a/b), or give its folder (--dataset-name DIR)
            """);
    }

    [Fact]
    public async Task A_dataset_is_found_in_the_hubs_cache()
    {
        const string Commit = "0123456789abcdef0123456789abcdef01234567";
        Write("hub/datasets--a--b/refs/main", Commit);
        Write($"hub/datasets--a--b/snapshots/{Commit}/data/train-00000-of-00001.jsonl", """{"instruction":"i","output":"o"}""");
        Write($"hub/datasets--a--b/snapshots/{Commit}/data/validation/0.jsonl", """{"instruction":"v","output":"o"}""");
        var dataset = FileDataset.FromName("a/b", new DataReadOptions { DatasetRoots = [], Cache = new HubCache(Path.Combine(_folder, "hub")) });
        (await Read(dataset, ExampleKind.Conversation, null, "train")).ShouldBe(["i"]);
        (await Read(dataset, ExampleKind.Conversation, null, "validation")).ShouldBe(["v"]);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static async Task<List<string>> Read(IDataset dataset, ExampleKind kind, string? configuration, string split)
    {
        var texts = new List<string>();
        await foreach (var row in dataset.ReadAsync(new DatasetRequest(kind, configuration, split), default))
            texts.Add(row is PreferencePair pair ? pair.Prompt[0].Content : ((Conversation)row).Messages[0].Content);
        return texts;
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
