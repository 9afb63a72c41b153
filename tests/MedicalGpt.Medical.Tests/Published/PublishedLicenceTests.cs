using MedicalGpt.Datasets.Medical.Published;

namespace MedicalGpt.Medical.Tests.Published;

/// <summary>The page of data sources and the table of the plugin state the same licences.</summary>
public sealed class PublishedLicenceTests
{
    [Fact]
    public void The_page_has_the_licence_of_every_source_and_says_where_it_was_seen()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "data-sources.md")).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .SkipWhile(cells => cells is not ["", "Name", "Licence", "Seen", ""]).Skip(2).TakeWhile(cells => cells.Length == 5).ToList();
        rows.Select(cells => (cells[1].Trim('`'), cells[2])).ShouldBe(new MedicalSources().All.Select(source => (source.Name, source.Licence)));
        rows.ShouldAllBe(cells => cells[3].Length > 0);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MedicalGpt.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
