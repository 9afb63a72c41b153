using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MedicalGpt.Data;

namespace MedicalGpt.Training.Tests.EncodedCache;

/// <summary>Runs whose rows lie on disk learn the same, encode once, and hold no rows in memory.</summary>
public sealed class CachedRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_from_disk_is_the_run_from_memory_to_the_bit(bool online)
    {
        await Runs.RunAsync(Request("memory", online));
        await Runs.RunAsync(Cached("first", online));
        await Runs.RunAsync(Cached("second", online));
        var last = new RunDirectory(folder.At("memory")).Checkpoints()[^1].Step;
        Runs.Weights(folder.At("first"), last).ShouldBe(Runs.Weights(folder.At("memory"), last));
        Runs.Weights(folder.At("second"), last).ShouldBe(Runs.Weights(folder.At("memory"), last));
        (Rows("first")["from_cache"]!.GetValue<bool>(), Rows("second")["from_cache"]!.GetValue<bool>()).ShouldBe((false, true));
        Rows("second")["sha256"]!.GetValue<string>().ShouldBe(Rows("memory")["sha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task Other_rows_other_parts_and_other_encodings_are_encoded_anew()
    {
        await Runs.RunAsync(Cached("a", false));
        var other = Cached("b", false);
        await Runs.RunAsync(other with { TrainRows = Runs.Rows(12, seed: 9).ToAsyncEnumerable() });
        await Runs.RunAsync(Cached("c", false) with { EncodingKey = "another tokenizer" });
        var fewer = Cached("d", false);
        await Runs.RunAsync(fewer with { Options = fewer.Options with { Data = new DataOptions { MaxTrainSamples = 11 } } });
        await Runs.RunAsync(Cached("e", false) with { RowCache = new RowCache(folder.At("cache")) { MinBytes = 0, Overwrite = true } });
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
            Rows(name)["from_cache"]!.GetValue<bool>().ShouldBeFalse(name);
    }

    [Fact]
    public async Task A_run_continues_from_disk()
    {
        await Runs.RunAsync(Cached("straight", false, r => r with { MaxSteps = 6, SaveSteps = 3 }));
        await Runs.RunAsync(Cached("resumed", false, r => r with { MaxSteps = 6, SaveSteps = 3, ResumeFromCheckpoint = folder.At("straight/checkpoint-3") }));
        Runs.Weights(folder.At("resumed"), 6).ShouldBe(Runs.Weights(folder.At("straight"), 6));
    }

    [Fact]
    public async Task Rows_that_were_skipped_cut_or_left_out_stand_in_the_record()
    {
        var request = Cached("run", false);
        request.SkippedRows.Add(new RowOrigin("x.jsonl", 4), new MedicalGptException("The row is not JSON.") { Given = "{" });
        // CrossEntropy calls rows of seven tokens cut, and leaves empty rows out.
        Example[] rows = [.. Runs.Rows(12), new TokenizedSequence([], []) { Origin = new RowOrigin("test", 13) }, new TokenizedSequence([2, 3, 4, 5, 6, 7, 1], [2, 3, 4, 5, 6, 7, 1]) { Origin = new RowOrigin("test", 14) }];
        await Runs.RunAsync(request with { TrainRows = rows.ToAsyncEnumerable() });
        var record = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("run/run.json")))!;
        record["skipped_rows"]!["count"]!.GetValue<int>().ShouldBe(1);
        record["skipped_rows"]!["listed"]![0]!.ToJsonString().ShouldBe("""{"place":"x.jsonl:4","reason":"The row is not JSON. Given: {"}""");
        record["train_rows"]!["dropped"]!["empty row"]!.GetValue<int>().ShouldBe(1);
        record["train_rows"]!["cut"]!["end cut at the length limit"]!.GetValue<int>().ShouldBe(1);
        record["train_rows"]!["first"]!.AsArray().Select(row => row!["place"]!.GetValue<string>()).ShouldBe(["test:13", "test:14"]);
        (await File.ReadAllTextAsync(folder.At("run/preview.html"))).ShouldContain("test:1<");
    }

    /// <summary>100,000 and 1,000,000 rows of 32 tokens: as objects the rows alone would take about 400 MB more.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Managed_memory_does_not_grow_with_the_rows()
    {
        var small = await PeakAsync("small", 100_000);
        var large = await PeakAsync("large", 1_000_000);
        Console.WriteLine(FormattableString.Invariant($"peak of live managed memory: {small / 1e6:0.0} MB at 100,000 rows, {large / 1e6:0.0} MB at 1,000,000"));
        // What grows is 4 bytes a row for the order of an epoch, and what the check remembers to find repetitions, which has a bound.
        (large - small).ShouldBeLessThan(48 << 20);
    }

    private async Task<long> PeakAsync(string name, int rows)
    {
        var peak = 0L;
        async IAsyncEnumerable<Example> Stream([EnumeratorCancellation] CancellationToken cancellation = default)
        {
            for (var i = 0; i < rows; i++)
            {
                var ids = Enumerable.Range(0, 31).Select(t => 2 + ((i >> (t % 20)) + t) % 10).Append(1).ToArray();
                if (i % 20_000 == 19_999)
                {
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                    await Task.Yield();
                }

                yield return new TokenizedSequence(ids, ids) { Origin = new RowOrigin("stream", i + 1) };
            }
        }

        var options = Runs.Options(folder.At(name), r => r with { MaxSteps = 2, SaveStrategy = IntervalStrategy.No });
        await Runs.RunAsync(Runs.Offline(options, []) with
        {
            TrainRows = Stream(),
            RowCache = new RowCache(folder.At("cache")),
            EncodingKey = "ids",
            LoadModels = () =>
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
                return new TinyModels();
            },
        });
        return Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
    }

    private StageRequest Request(string output, bool online, Func<RunOptions, RunOptions>? change = null)
    {
        var options = Runs.Options(folder.At(output), change);
        return online ? Runs.Online(options, Runs.Prompts(12)) : Runs.Offline(options, Runs.Rows(12), dropout: 0.3);
    }

    private StageRequest Cached(string output, bool online, Func<RunOptions, RunOptions>? change = null) =>
        Request(output, online, change) with { RowCache = new RowCache(folder.At("cache")) { MinBytes = 0 }, EncodingKey = online ? "prompts" : "rows" };

    private JsonNode Rows(string output) => JsonNode.Parse(File.ReadAllText(folder.At($"{output}/run.json")))!["train_rows"]!;
}
