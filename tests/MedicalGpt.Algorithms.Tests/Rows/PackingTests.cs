using System.Text.Json;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Packing;

namespace MedicalGpt.Algorithms.Tests.Rows;

/// <summary>The three strategies give TRL's rows, token for token.</summary>
public sealed class PackingTests
{
    private static readonly JsonElement[] Cases = [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Root(), "tests/fixtures/golden/packing/packing/packing.json"))).RootElement.EnumerateArray()];

    public static TheoryData<string> Ids => [.. Cases.Select(c => c.GetProperty("id").GetString()!)];

    [Fact]
    public void All_cases_are_compared() => Ids.Count.ShouldBe(21);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rows_match_trl(string id)
    {
        var golden = Cases.Single(c => c.GetProperty("id").GetString() == id);
        var strategy = golden.GetProperty("strategy").GetString() switch { "bfd" => PackingStrategy.Bfd, "bfd_split" => PackingStrategy.BfdSplit, _ => PackingStrategy.Wrapped };
        var capacity = golden.GetProperty("seq_length").GetInt32();
        var token = 1;
        EncodedExample[] rows = [.. Lengths(golden).Select(length => new EncodedExample([new Segment([.. Enumerable.Range(token, length)]) { Learned = new bool[length] }]) { Source = new PlainText((token += length).ToString()) })];

        // TRL packs each 1,000 rows on their own; wrapped rows of ours go on over that border.
        EncodedExample[] packed = [.. (strategy == PackingStrategy.Wrapped ? rows.Chunk(RowPacking.GroupSize).SelectMany(group => RowPacking.Pack(group, strategy, capacity)) : RowPacking.Pack(rows.Where(r => r.TokenCount > 0), strategy, capacity))];

        if (golden.TryGetProperty("packed_input_ids", out var ids) && ids.ValueKind == JsonValueKind.Array)
            packed.Select(r => string.Join(',', r.Segments.SelectMany(s => s.Ids))).ShouldBe(ids.EnumerateArray().Select(r => string.Join(',', r.EnumerateArray())));
        if (golden.TryGetProperty("packed_row_lengths", out var lengths) && lengths.ValueKind == JsonValueKind.Array)
            packed.Select(r => r.TokenCount).ShouldBe(lengths.EnumerateArray().Select(l => l.GetInt32()));
        if (golden.TryGetProperty("seq_lengths", out var documents) && documents.ValueKind == JsonValueKind.Array)
            packed.Select(r => string.Join(',', r.Segments.Select(s => s.Ids.Length))).ShouldBe(documents.EnumerateArray().Select(r => string.Join(',', r.EnumerateArray())));
        if (golden.TryGetProperty("first_token_of_each_document", out var firsts) && firsts.ValueKind == JsonValueKind.Array && strategy != PackingStrategy.Wrapped)
            string.Join(' ', packed.Select(r => string.Join(',', r.Segments.Select(s => s.Ids[0])))).ShouldBe(string.Join(' ', firsts.EnumerateArray().Select(r => string.Join(',', r.EnumerateArray()))));
    }

    [Fact]
    public void Memory_does_not_hold_all_rows()
    {
        var alive = new List<WeakReference>();
        var most = 0;
        foreach (var packed in RowPacking.Pack(Rows(alive), PackingStrategy.Bfd, 16))
        {
            if (alive.Count % 5000 != 0)
                continue;
            GC.Collect();
            most = Math.Max(most, alive.Count(row => row.IsAlive));
        }

        most.ShouldBeInRange(1, 2 * RowPacking.GroupSize);
    }

    private static IEnumerable<EncodedExample> Rows(List<WeakReference> alive)
    {
        for (var i = 0; i < 10_000; i++)
        {
            var row = new EncodedExample([new Segment([1, 2, 3, 4])]) { Source = new PlainText("") };
            alive.Add(new WeakReference(row));
            yield return row;
        }
    }

    private static int[] Lengths(JsonElement golden) => [.. golden.GetProperty("lengths").EnumerateArray().Select(l => l.GetInt32())];
}
