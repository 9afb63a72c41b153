using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Parquet.Tests.Support;

namespace MedicalGpt.Parquet.Tests;

/// <summary>What values become in JSON; bytes are PLAIN, made by hand.</summary>
public sealed class ValueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Booleans_are_bits() => Becomes(new TestColumn("v", PhysicalType.Boolean).Page(3, [0b101]), "true", "false", "true");

    [Fact]
    public Task Whole_numbers() => Becomes(new TestColumn("v", PhysicalType.Int32).Page(2, [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]), "1", "-1");

    [Fact]
    public Task Numbers_without_sign() => Becomes(new TestColumn("v", PhysicalType.Int32) { Converted = 13 }.Page(1, [0xff, 0xff, 0xff, 0xff]), "4294967295");

    [Fact]
    public Task Numbers_without_sign_of_64_bits() =>
        Becomes(new TestColumn("v", PhysicalType.Int64) { Logical = type => type.Struct(10, integer => integer.Int32(1, 64).Boolean(2, false)) }.Page(1, [.. Enumerable.Repeat((byte)0xff, 8)]), "18446744073709551615");

    // 0x3f99999a is the 32-bit number nearest 1.2: 1.2000000476837158. 0x7fc00000, 0x7f800000 and 0xff800000 are not finite.
    [Fact]
    public Task Numbers_of_32_bits_keep_their_value_and_what_is_not_finite_becomes_text() =>
        Becomes(new TestColumn("v", PhysicalType.Float).Page(4, [0x9a, 0x99, 0x99, 0x3f, 0, 0, 0xc0, 0x7f, 0, 0, 0x80, 0x7f, 0, 0, 0x80, 0xff]), "1.2000000476837158", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"");

    // 0x3c00 = 1, 0xc100 = -(1 + 256/1024) * 2.
    [Fact]
    public Task Numbers_of_16_bits() => Becomes(new TestColumn("v", PhysicalType.FixedBytes) { TypeLength = 2, Logical = type => type.Struct(15, _ => { }) }.Page(2, [0, 0x3c, 0, 0xc1]), "1", "-2.5");

    [Fact]
    public async Task Decimals_are_numbers_with_all_their_places()
    {
        await Becomes(new TestColumn("v", PhysicalType.Int32) { Converted = 5, Scale = 2 }.Page(2, [100, 0, 0, 0, 0xfb, 0xff, 0xff, 0xff]), "1.00", "-0.05");
        await Becomes(new TestColumn("v", PhysicalType.FixedBytes) { TypeLength = 3, Converted = 5, Scale = 1 }.Page(1, [0xff, 0xfe, 0x00]), "-51.2"); // -512
        await Becomes(new TestColumn("v", PhysicalType.ByteArray) { Converted = 5, Scale = 0 }.Page(1, TestColumn.Prefixed(0x01, 0x00)), "256");
    }

    [Fact]
    public Task Texts() => Becomes(TestColumn.Text("v", "a\"b\\", "糖尿病", "\u0001\n", ""), "\"a\\\"b\\\\\"", "\"糖尿病\"", "\"\\u0001\\n\"", "\"\"");

    [Fact]
    public Task Long_texts_are_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"字{i}\n"));
        return Becomes(TestColumn.Text("v", text), $"\"{text.Replace("\n", "\\n")}\"");
    }

    [Theory]
    [InlineData(4)] // ENUM
    [InlineData(19)] // JSON
    public Task Enums_and_JSON_are_texts(int converted) => Becomes(TestColumn.Text("v", "{}") with { Converted = converted }, "\"{}\"");

    [Theory]
    [InlineData(null)]
    [InlineData(20)] // BSON
    public Task Bytes_are_base64(int? converted) => Becomes(TestColumn.Text("v", "\u0001") with { Converted = converted }, "\"AQ==\"");

    [Fact]
    public Task Identifiers() =>
        Becomes(new TestColumn("v", PhysicalType.FixedBytes) { TypeLength = 16, Logical = type => type.Struct(14, _ => { }) }.Page(1, [.. Enumerable.Range(0, 16).Select(i => (byte)(i * 17))]), "\"00112233-4455-6677-8899-aabbccddeeff\"");

    [Fact]
    public Task Intervals() =>
        Becomes(new TestColumn("v", PhysicalType.FixedBytes) { TypeLength = 12, Converted = 21 }.Page(1, [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]), """{"months":1,"days":2,"milliseconds":3}""");

    [Fact]
    public async Task Dates_and_times()
    {
        await Becomes(new TestColumn("v", PhysicalType.Int32) { Converted = 6 }.Page(1, [31, 0, 0, 0]), "\"1970-02-01\"");
        await Becomes(new TestColumn("v", PhysicalType.Int32) { Converted = 7 }.Page(1, [0xe8, 3, 0, 0]), "\"00:00:01\"");
        await Becomes(new TestColumn("v", PhysicalType.Int64) { Converted = 9 }.Page(1, [0xe9, 3, 0, 0, 0, 0, 0, 0]), "\"1970-01-01T00:00:01.001000+00:00\"");
        await Becomes(new TestColumn("v", PhysicalType.Int64) { Logical = type => type.Struct(8, time => time.Boolean(1, false).Struct(2, unit => unit.Struct(3, _ => { }))) }.Page(1, [1, 0, 0, 0, 0, 0, 0, 0]), "\"1970-01-01T00:00:00.000000001\"");
    }

    [Fact]
    public Task Unknown_annotations_and_those_that_do_not_fit_leave_the_stored_value() =>
        Becomes(new TestColumn("v", PhysicalType.Int32) { Converted = 0, Logical = type => type.Struct(15, _ => { }) }.Page(1, [7, 0, 0, 0]), "7");

    // Definition levels in a run of bits 1, 0, 1 (packed: header 3, byte 0b101).
    [Fact]
    public Task Missing_values_are_null() =>
        Becomes(new TestColumn("v", PhysicalType.Int32) { Repetition = Repetition.Optional }.Page(3, [.. TestColumn.Prefixed(3, 0b101), 1, 0, 0, 0, 2, 0, 0, 0]), "1", "null", "2");

    // Two pages share a dictionary; indices of one bit: 0 1 (packed) and a run of two 1.
    [Fact]
    public Task Dictionaries() =>
        Becomes((new TestColumn("v", PhysicalType.ByteArray) { Converted = 0 }).Dictionary(2, [.. TestColumn.Prefixed((byte)'n'), .. TestColumn.Prefixed((byte)'y')])
            .Page(2, [1, 3, 0b10], ValueEncoding.RleDictionary).Page(2, [1, 4, 1], ValueEncoding.PlainDictionary), "\"n\"", "\"y\"", "\"y\"", "\"y\"");

    private async Task Becomes(TestColumn column, params string[] expected) =>
        (await Rows.TextAsync(_folder.Write("v.parquet", TestFile.Write(column.Values, column)))).ShouldBe(string.Join('\n', expected.Select(value => $$"""{"v":{{value}}}""")));
}
