using System.Text.Json;
using MedicalGpt.Algorithms.Tests.Support;
using MedicalGpt.Data;
using MedicalGpt.Training;
using MedicalGpt.Training.Packing;

namespace MedicalGpt.Algorithms.Tests.Rows;

public sealed class PackingTests
{
    private static readonly JsonElement[] Cases = [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Root(), "tests/fixtures/golden/packing/packing/packing.json"))).RootElement.EnumerateArray()];

    // TRL packs each 1,000 rows on their own and cuts rows that are too long; ours packs all rows at once and gets none that is too long. Where neither matters the bins are the same.
    public static TheoryData<string> Ids => [.. Cases.Where(c => c.GetProperty("strategy").GetString() == "bfd" && Lengths(c).Max() <= c.GetProperty("seq_length").GetInt32() && Lengths(c).Length <= 1000).Select(c => c.GetProperty("id").GetString()!)];

    [Fact]
    public void Three_cases_are_compared() => Ids.Count.ShouldBe(3);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Best_fit_decreasing_matches_trl(string id)
    {
        var golden = Cases.Single(c => c.GetProperty("id").GetString() == id);
        var token = 1;
        EncodedExample[] rows = [.. Lengths(golden).Select(length => new EncodedExample([Segment.AllLearned([.. Enumerable.Range(token, length)])]) { Source = new PlainText((token += length).ToString()) })];

        var packed = RowPacking.BestFitDecreasing(rows, golden.GetProperty("seq_length").GetInt32());

        packed.Select(r => string.Join(',', r.Segments.SelectMany(s => s.Ids))).ShouldBe(golden.GetProperty("packed_input_ids").EnumerateArray().Select(r => string.Join(',', r.EnumerateArray())));
        packed.Select(r => string.Join(',', r.Segments.Select(s => s.Ids.Length))).ShouldBe(golden.GetProperty("seq_lengths").EnumerateArray().Select(r => string.Join(',', r.EnumerateArray())));
    }

    private static int[] Lengths(JsonElement golden) => [.. golden.GetProperty("lengths").EnumerateArray().Select(l => l.GetInt32())];
}
