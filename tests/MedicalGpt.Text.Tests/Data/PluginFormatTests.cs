using System.Runtime.CompilerServices;
using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Formats that plugins read, by file name ending.</summary>
public sealed class PluginFormatTests
{
    [Fact]
    public async Task Rows_of_another_format_are_read_like_all_others()
    {
        using var file = new TemporaryFile("rows.lines", "q1|a1\nq2|a2\n");
        var rows = await Rows.ReadAsync(file.Folder, ExampleKind.Conversation, new DataReadOptions { Formats = new LineFormats() });
        rows.Cast<Conversation>().Select(row => string.Join('>', row.Messages.Select(m => m.Content))).ShouldBe(["q1>a1", "q2>a2"]);
        rows.ConvertAll(row => row.Origin).ShouldBe([new RowOrigin(file.Path, 1), new RowOrigin(file.Path, 2)]);
    }

    [Fact]
    public async Task A_bad_row_of_another_format_has_its_place_and_is_counted_where_it_is_skipped()
    {
        using var file = new TemporaryFile("rows.lines", "q1|a1\nq2|\n");
        var read = new DataReadOptions { Formats = new LineFormats(), OnBadRow = BadRowPolicy.Skip };
        (await Rows.ReadAsync(file.Path, ExampleKind.Conversation, read)).Count.ShouldBe(1);
        read.Skipped.Count.ShouldBe(1);
        read.Skipped.Listed.ShouldBe([new SkippedRow(new RowOrigin(file.Path, 2), $"{file.Path}:2", "\"answer\" is empty. Given: \"\"")]);
    }

    [Fact]
    public async Task Without_a_plugin_the_error_names_the_ending()
    {
        using var file = new TemporaryFile("rows.parquet", "PAR1");
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Preference))).ToBlock().ShouldBe($"""
            error: The data file has a format that is not read.
              place:   {file.Path}
              given:   .parquet
              allowed: .jsonl, .json, .csv, .tsv (each also .gz or .zst)
              remedy:  install a plugin that gives the format 'parquet' (medgpt plugins lists what is installed), or convert the file
            """);
    }

    [Theory]
    [InlineData("""{"question":"q","answer":"a","answer":"b"}""", "answer")]
    [InlineData("""{"messages":[{"role":"user","content":"q","role":"assistant"}]}""", "role")]
    public async Task A_name_that_stands_twice_in_a_row_of_another_format_is_refused(string row, string name)
    {
        using var file = new TemporaryFile("rows.json-lines", """{"question":"q","answer":"a"}""" + "\n" + row);
        var read = new DataReadOptions { Formats = new JsonLineFormats() };
        var error = await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Conversation, read));
        error.Message.ShouldBe("The row has two members of one name, of which only one could be read.");
        (error.Place, error.Given).ShouldBe(($"{file.Path}:2", $"\"{name}\" twice"));
        var skipping = read with { OnBadRow = BadRowPolicy.Skip };
        (await Rows.ReadAsync(file.Path, ExampleKind.Conversation, skipping)).ShouldHaveSingleItem();
        skipping.Skipped.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_of_files_that_nothing_reads_is_not_called_empty()
    {
        using var file = new TemporaryFile("data-00000.arrow", "ARROW1");
        await File.WriteAllTextAsync(Path.Combine(file.Folder, "data-00001.arrow"), "ARROW1");
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Folder, ExampleKind.Conversation, new DataReadOptions { Formats = new LineFormats() }))).ToBlock().ShouldBe($"""
            error: The data files have formats that are not read.
              place:   {file.Path}
              given:   .arrow (2 files)
              allowed: .jsonl, .json, .csv, .tsv, .lines by the plugin Fake.Formats (each also .gz or .zst)
              remedy:  install a plugin that gives the format 'arrow' (medgpt plugins lists what is installed), or convert the files
            """);
    }

    [Fact]
    public async Task Beside_others_they_are_told_in_one_line()
    {
        using var file = new TemporaryFile("rows.jsonl", """{"question":"q","answer":"a"}""");
        for (var i = 0; i < 7; i++)
            await File.WriteAllTextAsync(Path.Combine(file.Folder, $"data-{i}.arrow"), "ARROW1");
        var notices = new List<string>();
        (await Rows.ReadAsync(file.Folder, ExampleKind.Conversation, new DataReadOptions { Notice = notices.Add })).ShouldHaveSingleItem();
        notices[0].ShouldBe($"{file.Folder}: left out 7: data-0.arrow, data-1.arrow, data-2.arrow, data-3.arrow, data-4.arrow and 2 more; no plugin that reads .arrow is installed. Read are .jsonl, .json, .csv, .tsv (each also .gz or .zst).");
    }

    [Theory]
    [InlineData("train-00000.arrow", "other.jsonl", null)]
    [InlineData("train-00000.arrow", "validation.jsonl", null)]
    [InlineData("chat/train.arrow", "chat/validation.jsonl", "chat")]
    [InlineData("chat_train.arrow", "rows.jsonl", "chat")]
    public async Task A_split_that_nothing_reads_is_named_and_not_replaced(string split, string other, string? configuration)
    {
        using var file = new TemporaryFile(split, "ARROW1");
        await File.WriteAllTextAsync(Path.Combine(file.Folder, other), """{"question":"q","answer":"a"}""");
        var error = await NamedAsync(file.Folder, configuration);
        (error.Message, error.Place, error.Given).ShouldBe(("The data file has a format that is not read.", Path.Combine(file.Folder, split), ".arrow"));
    }

    [Fact]
    public async Task Files_that_a_card_names_are_not_called_missing()
    {
        using var file = new TemporaryFile("README.md", "---\nconfigs:\n- config_name: x\n  data_files: \"data/*\"\n---\n");
        Directory.CreateDirectory(Path.Combine(file.Folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(file.Folder, "data/a.arrow"), "ARROW1");
        (await NamedAsync(file.Folder, "x")).Place.ShouldBe(Path.Combine(file.Folder, "data/a.arrow"));
    }

    private static Task<MedicalGptException> NamedAsync(string folder, string? configuration) => Should.ThrowAsync<MedicalGptException>(async () =>
        await FileDataset.FromName(folder, new DataReadOptions()).ReadAsync(new DatasetRequest(ExampleKind.Conversation, configuration, "train"), default).ToListAsync());

    private sealed class JsonLineFormats : IRowFormats, IRowFormat
    {
        public IReadOnlyList<string> Endings => ["json-lines"];

        public string Plugin(string ending) => "Fake.Formats";

        public IRowFormat Get(string ending) => this;

        public async IAsyncEnumerable<JsonElement> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
                yield return JsonSerializer.Deserialize<JsonElement>(line);
        }
    }

    private sealed class LineFormats : IRowFormats, IRowFormat
    {
        public IReadOnlyList<string> Endings => ["lines"];

        public string Plugin(string ending) => "Fake.Formats";

        public IRowFormat Get(string ending) => ending == "lines" ? this : throw new ArgumentOutOfRangeException(nameof(ending));

        public async IAsyncEnumerable<JsonElement> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
                yield return JsonSerializer.SerializeToElement(new { question = line.Split('|')[0], answer = line.Split('|')[1] });
        }
    }
}
