using MedicalGpt.Data;
using MedicalGpt.Training.Preferences;

namespace MedicalGpt.Training.Tests.EncodedCache;

/// <summary>Encoded rows on disk are the rows that were written, or are not there.</summary>
public sealed class RowStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_come_back_as_they_were()
    {
        EncodedExample[] rows =
        [
            new([new Segment([5, 6, 7]) { Learned = [false, true, true] }]) { Source = new PlainText("text") { Origin = new RowOrigin("a/b.jsonl", 12) } },
            new([new Segment([1]), Segment.AllLearned([2, int.MaxValue, 3], 0), new Segment([9]) { Parent = 1 }]) { Source = new TokenizedSequence([1], [1]) },
            new PreferenceRow([new Segment([4]), Segment.AllLearned([5], 0), Segment.AllLearned([6, 7], 0)]) { Source = new TokenizedPair([4], [5], [6, 7]), Margin = 0.75 },
            new([new Segment([8])]) { Source = new Prompt([new Message(Roles.User, "问？") { Name = "n" }], new Dictionary<string, string> { ["answer"] = "B" }) { ToolsJson = "[]", Origin = new RowOrigin("p", 1) } },
            new([new Segment([8])]) { Source = new TokenizedPrompt([8, 9], new Dictionary<string, string> { ["answer"] = "C" }) },
        ];
        using var store = Store(new RowCache(folder.Path), rows, key: null);

        store.Count.ShouldBe(rows.Length);
        foreach (var (read, row) in store.Zip(rows))
        {
            read.GetType().ShouldBe(row.GetType());
            read.Source.Origin.ShouldBe(row.Source.Origin);
            (read as PreferenceRow)?.Margin.ShouldBe(0.75);
            read.Segments.Select(s => (s.Parent, string.Join(' ', s.Ids), s.Learned is null ? "none" : string.Join(' ', s.Learned))).ShouldBe(row.Segments.Select(s => (s.Parent, string.Join(' ', s.Ids), s.Learned is null ? "none" : string.Join(' ', s.Learned))));
        }

        store[0].Source.ShouldBe(new RowReference(false) { Origin = new RowOrigin("a/b.jsonl", 12) });
        store[1].Source.ShouldBeOfType<RowReference>().IsTokenized.ShouldBeTrue();
        var prompt = store[3].Source.ShouldBeOfType<Prompt>();
        prompt.Messages.ShouldBe([new Message(Roles.User, "问？") { Name = "n" }]);
        (prompt.Reference["answer"], prompt.ToolsJson).ShouldBe(("B", "[]"));
        store[4].Source.ShouldBeOfType<TokenizedPrompt>().Reference["answer"].ShouldBe("C");
        Directory.EnumerateFiles(folder.Path).ShouldBeEmpty(); // the file lives only as long as it is open
    }

    [Fact]
    public void What_is_kept_is_found_again_and_a_changed_byte_is_seen()
    {
        var cache = new RowCache(folder.Path) { MinBytes = 0 };
        using (Store(cache, Rows(100), "key"))
            File.Exists(folder.At("key.rows")).ShouldBeTrue();
        using (var found = cache.Find("key").ShouldNotBeNull())
            found.Sum(row => row.TokenCount).ShouldBe(Rows(100).Sum(row => row.TokenCount));
        cache.Find("other").ShouldBeNull();
        new RowCache(folder.Path) { Overwrite = true }.Find("key").ShouldBeNull();
    }

    [Fact]
    public void A_damaged_or_cut_file_is_never_taken_and_goes_away()
    {
        var cache = new RowCache(folder.Path) { MinBytes = 0 };
        Store(cache, Rows(20), "key").Dispose();
        var whole = File.ReadAllBytes(folder.At("key.rows"));
        var random = new Random(1);
        for (var i = 0; i < 60; i++)
        {
            var damaged = i % 3 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            if (i % 3 != 0)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(folder.At("key.rows"), damaged);
            cache.Find("key").ShouldBeNull();
            File.Exists(folder.At("key.rows")).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_rows_used_longest_ago_make_room()
    {
        Store(new RowCache(folder.Path) { MinBytes = 0 }, Rows(50), "a").Dispose();
        Store(new RowCache(folder.Path) { MinBytes = 0 }, Rows(50), "b").Dispose();
        File.SetLastWriteTimeUtc(folder.At("a.rows"), DateTime.UtcNow.AddDays(-2));
        File.SetLastWriteTimeUtc(folder.At("b.rows"), DateTime.UtcNow.AddDays(-1));
        var cache = new RowCache(folder.Path) { MinBytes = 0, MaxBytes = (2 * new FileInfo(folder.At("a.rows")).Length) + 1 };
        cache.Find("a")!.Dispose(); // now b is the older one
        Store(cache, Rows(50), "c").Dispose();
        Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order().ShouldBe(["a.rows", "c.rows"]);
    }

    [Fact]
    public void What_a_killed_run_left_is_swept_but_not_what_a_running_one_writes()
    {
        var cache = new RowCache(folder.Path) { MinBytes = 0 };
        File.WriteAllText(folder.At(".tmp-1-dead"), "half");
        File.SetLastWriteTimeUtc(folder.At(".tmp-1-dead"), DateTime.UtcNow.AddHours(-2));
        var running = cache.Begin();
        File.Exists(folder.At(".tmp-1-dead")).ShouldBeFalse();
        File.SetLastWriteTimeUtc(running.Path, DateTime.UtcNow.AddHours(-2));
        RowCache.Abandon(cache.Begin());
        File.Exists(running.Path).ShouldBeTrue();
        RowCache.Abandon(running);
        Directory.EnumerateFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_runs_at_once_leave_one_whole_file()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10; i++)
                Store(new RowCache(folder.Path) { MinBytes = 0 }, Rows(30), "key").Dispose();
        })));
        using var found = new RowCache(folder.Path).Find("key").ShouldNotBeNull();
        found.Count.ShouldBe(30);
        Directory.EnumerateFiles(folder.Path).Count().ShouldBe(1);
    }

    private static RowStore Store(RowCache cache, IReadOnlyList<EncodedExample> rows, string? key)
    {
        var writer = cache.Begin();
        foreach (var row in rows)
            writer.Add(row);
        return cache.End(writer, new RowSummary { Given = rows.Count, Hash = "h" }, key);
    }

    private static IReadOnlyList<EncodedExample> Rows(int count) => [.. Enumerable.Range(1, count).Select(i => new EncodedExample([Segment.AllLearned([.. Enumerable.Range(1, i)])]) { Source = new PlainText("") })];
}
