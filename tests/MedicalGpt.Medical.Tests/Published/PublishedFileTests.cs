using System.Text.Json;
using MedicalGpt.Data;
using MedicalGpt.Datasets.Medical.Published;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Medical.Tests.Published;

/// <summary>Whole published files, where they lie beside the repository, row by row: counts as <c>wc -l</c> counts, letters as the files say.</summary>
public sealed class PublishedFileTests
{
    [Theory]
    [InlineData("medqa", 1273)]
    [InlineData("medqa_5options", 1273)]
    [InlineData("medmcqa", 2816)]
    [InlineData("mmlu", 1089)]
    [InlineData("mmlu-pro", 818)]
    [InlineData("pubmedqa", 500)]
    public async Task Medagents_benchmark(string configuration, int rows) =>
        await CheckAsync("medagents-benchmark", configuration, "test", Path.Combine("medagents-benchmark", configuration, "test.jsonl"), rows, "answer_idx");

    [Fact]
    public async Task CMExam() => await CheckAsync("cmexam", "jsonl", "validation", Path.Combine("cmexam", "val.jsonl"), 6811, "answer");

    private static async Task CheckAsync(string name, string configuration, string split, string file, int rows, string answer)
    {
        if (Root() is not { } root)
        {
            Console.WriteLine("skipped: ../shared/data is not here");
            return;
        }

        var lines = File.ReadLines(Path.Combine(root, file)).ToList();
        lines.Count.ShouldBe(rows);
        var skipped = new SkippedRows();
        var options = new DataReadOptions { Published = new Lazy<IReadOnlyList<DatasetSource>>(new MedicalSources().All), DatasetRoots = [root], OnBadRow = BadRowPolicy.Skip, Skipped = skipped };
        var read = 0;
        await foreach (var row in FileDataset.FromName(name, options).ReadAsync(new DatasetRequest(ExampleKind.Prompt, configuration, split), default))
        {
            var raw = JsonDocument.Parse(lines[(int)row.Origin.Line - 1]).RootElement;
            ((Prompt)row).Reference["answer"].ShouldBe(string.Concat(raw.GetProperty(answer).GetString()!.Where(char.IsAsciiLetterUpper).Order()), row.Origin.ToString());
            ((Prompt)row).Messages[^1].Content.ShouldStartWith(raw.GetProperty("question").GetString()!);
            read++;
        }

        (read + skipped.Count).ShouldBe(rows);
        skipped.Count.ShouldBeLessThanOrEqualTo(rows / 100, string.Join('\n', skipped.Listed.Take(5)));
        Console.WriteLine($"{name} {configuration}: {read} rows, {skipped.Count} skipped");
    }

    private static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data") is var path && Directory.Exists(Path.Combine(path, "cmexam")))
                return path;
        return null;
    }
}
