using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Parquet.Tests.Support;

namespace MedicalGpt.Parquet.Tests;

/// <summary>Memory follows the page, not the row group.</summary>
public sealed class MemoryTests : IDisposable
{
    private const int Pages = 128;
    private const int ValuesPerPage = 32;
    private const int ValueSize = 4_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A file of 16 MB that is one row group; 128 KB per page.</summary>
    [Fact]
    public async Task One_huge_row_group_is_read_page_by_page()
    {
        var path = Write();
        new FileInfo(path).Length.ShouldBeGreaterThan(16_000_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rows = 0;
        var most = 0L;
        await foreach (var row in Rows.Format.ReadAsync(path, CancellationToken.None))
            if (++rows % (Pages * ValuesPerPage / 4) == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        rows.ShouldBe(Pages * ValuesPerPage);
        most.ShouldBeInRange(ValueSize, 1_000_000);
    }

    private string Write()
    {
        var value = TestColumn.Prefixed([.. Enumerable.Repeat((byte)'x', ValueSize)]);
        var page = new TestColumn("text", PhysicalType.ByteArray) { Converted = 0 }.Page(ValuesPerPage, [.. Enumerable.Range(0, ValuesPerPage).SelectMany(_ => value)]);
        var pages = Enumerable.Repeat(page.Pages, Pages).SelectMany(bytes => bytes).ToArray();
        return _folder.Write("large.parquet", TestFile.Write(Pages * ValuesPerPage, page with { Pages = pages, Values = Pages * ValuesPerPage }));
    }
}
