using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Parquet.Tests.Support;

namespace MedicalGpt.Parquet.Tests;

/// <summary>Levels worked out by hand.</summary>
public sealed class NestingTests : IDisposable
{
    private const int List = 3;
    private const int Map = 1;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// turns: optional list of optional struct {role: required text, weight: optional int}. Levels: turns 1, an entry 2, a struct 3, weight 4.
    /// Rows: [{a, 1}, null, {b, null}], [], null, [{c, 2}].
    /// repetition: 0 1 1, 0, 0, 0; role: 3 2 3, 1, 0, 3; weight: 4 2 3, 1, 0, 4.
    /// </summary>
    [Fact]
    public async Task A_dialogue()
    {
        var repetitions = TestColumn.Prefixed(3, 0b00000110); // one packed group of one bit
        var roles = TestColumn.Prefixed(3, 0b01_11_10_11, 0b00_00_11_00); // two bits each: 3 2 3 1, 0 3
        var weights = TestColumn.Prefixed(3, 0b11_010_100, 0b0_000_001_0, 0b10); // three bits each, from the lowest: 4 2 3 1 0 4
        var role = new TestColumn("role", PhysicalType.ByteArray) { Converted = 0 }
            .Page(6, [.. repetitions, .. roles, .. TestColumn.Prefixed((byte)'a'), .. TestColumn.Prefixed((byte)'b'), .. TestColumn.Prefixed((byte)'c')]);
        var weight = new TestColumn("weight", PhysicalType.Int32) { Repetition = Repetition.Optional }.Page(6, [.. repetitions, .. weights, 1, 0, 0, 0, 2, 0, 0, 0]);
        (await ReadAsync(4, [TestFile.Group("turns", Repetition.Optional, 1, List), TestFile.Group("list", Repetition.Repeated, 1), TestFile.Group("element", Repetition.Optional, 2)], role, weight)).ShouldBe("""
            {"turns":[{"role":"a","weight":1},null,{"role":"b","weight":null}]}
            {"turns":[]}
            {"turns":null}
            {"turns":[{"role":"c","weight":2}]}
            """);
    }

    /// <summary>Lists of lists of required numbers: [[1, 2], []], [[3]]. Levels: outer entry 1, inner entry 2; repetition 0 2 1, 0; definition 2 2 1, 2.</summary>
    [Fact]
    public async Task Lists_of_lists()
    {
        var number = new TestColumn("x", PhysicalType.Int32) { Repetition = Repetition.Repeated }
            .Page(4, [.. TestColumn.Prefixed(3, 0b00_01_10_00), .. TestColumn.Prefixed(3, 0b10_01_10_10), 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
        (await ReadAsync(2, [TestFile.Group("m", Repetition.Required, 1, List), TestFile.Group("array", Repetition.Repeated, 1, List)], number)).ShouldBe("""
            {"m":[[1,2],[]]}
            {"m":[[3]]}
            """);
    }

    /// <summary>The same levels without annotations: repeated fields are lists of what they are.</summary>
    [Fact]
    public async Task Repeated_fields_without_annotation()
    {
        var number = new TestColumn("x", PhysicalType.Int32) { Repetition = Repetition.Repeated }
            .Page(4, [.. TestColumn.Prefixed(3, 0b00_01_10_00), .. TestColumn.Prefixed(3, 0b10_01_10_10), 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
        (await ReadAsync(2, [TestFile.Group("m", Repetition.Repeated, 1)], number)).ShouldBe("""
            {"m":[{"x":[1,2]},{"x":[]}]}
            {"m":[{"x":[3]}]}
            """);
    }

    /// <summary>Maps are lists of pairs, so keys of any type, their order and repeated keys stay: {1: 5, 1: 6}, {}. Levels: entry 1; repetition 0 1, 0; definition 1 1, 0.</summary>
    [Fact]
    public async Task Maps()
    {
        byte[] levels = [.. TestColumn.Prefixed(3, 0b010), .. TestColumn.Prefixed(3, 0b011)];
        var key = new TestColumn("key", PhysicalType.Int32).Page(3, [.. levels, 1, 0, 0, 0, 1, 0, 0, 0]);
        var value = new TestColumn("value", PhysicalType.Int32).Page(3, [.. levels, 5, 0, 0, 0, 6, 0, 0, 0]);
        (await ReadAsync(2, [TestFile.Group("m", Repetition.Required, 1, Map), TestFile.Group("key_value", Repetition.Repeated, 2)], key, value)).ShouldBe("""
            {"m":[[1,5],[1,6]]}
            {"m":[]}
            """);
    }

    private Task<string> ReadAsync(int rows, IReadOnlyList<Action<ThriftWriter>> groups, params TestColumn[] columns) =>
        Rows.TextAsync(_folder.Write("nested.parquet", TestFile.Write(rows, [.. groups, .. columns.Select(TestFile.Leaf)], columns, children: 1)));
}
