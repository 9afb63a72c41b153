using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Every row that docs/data-formats.md shows is read, each as another shape.</summary>
public sealed class DocumentedRowsTests
{
    [Theory]
    [InlineData("## Text (`pt`)", ExampleKind.Text, 2)]
    [InlineData("## Dialogues (`sft`)", ExampleKind.Conversation, 13)]
    [InlineData("## Preference pairs (`rm`, `dpo`, `orpo`)", ExampleKind.Preference, 9)]
    [InlineData("## Unpaired answers", ExampleKind.Unpaired, 5)]
    [InlineData("## Prompts (`ppo`, `grpo`)", ExampleKind.Prompt, 9)]
    public async Task Are_read(string heading, ExampleKind kind, int shapes)
    {
        var rows = Block(heading);
        rows.Count.ShouldBe(shapes);
        using var file = new TemporaryFile("rows.jsonl", string.Join('\n', rows));
        var notices = new List<string>();
        var examples = new List<Example>();
        await foreach (var example in FileDataset.FromPath(file.Path, options: new DataReadOptions { Notice = notices.Add }).ReadAsync(new DatasetRequest(kind, null, "train"), CancellationToken.None))
            examples.Add(example);
        examples.Count.ShouldBe(shapes);
        notices.Select(notice => notice[notice.IndexOf("read as ", StringComparison.Ordinal)..]).Distinct().Count().ShouldBe(shapes);
    }

    /// <summary>The lines of the first code block behind a heading.</summary>
    private static List<string> Block(string heading)
    {
        var page = Path.Combine(Fixtures.Path("golden"), "..", "..", "..", "docs", "data-formats.md");
        return [.. File.ReadLines(page).SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal))];
    }
}
