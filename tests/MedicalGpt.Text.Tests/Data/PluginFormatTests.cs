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

    private sealed class LineFormats : IRowFormats, IRowFormat
    {
        public IReadOnlyList<string> Endings => ["lines"];

        public IRowFormat Get(string ending) => ending == "lines" ? this : throw new ArgumentOutOfRangeException(nameof(ending));

        public async IAsyncEnumerable<JsonElement> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
                yield return JsonSerializer.SerializeToElement(new { question = line.Split('|')[0], answer = line.Split('|')[1] });
        }
    }
}
