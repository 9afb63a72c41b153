using System.Text;
using MedicalGpt.Datasets.Parquet.Metadata;
using MedicalGpt.Parquet.Tests.Support;

namespace MedicalGpt.Parquet.Tests;

/// <summary>What is damaged or not supported gives one readable error.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("PAR1", "it ends after 4 bytes")]
    [InlineData("PAR1 something else", "its end is missing")]
    [InlineData("PARE encrypted PARE", "it is encrypted")]
    [InlineData("ARROW1\0\0", "it is an Arrow or Feather file")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "it is a Git LFS pointer")]
    [InlineData("{\"text\":\"a\"}\n", "it does not begin with PAR1")]
    [InlineData("PAR1\0\0\0\0\u007f\u007f\u007f\u007fPAR1", "its footer would have 2139062143 bytes")]
    public async Task Other_files(string content, string message) => (await Rows.FailAsync(_folder.Write("x.parquet", Encoding.ASCII.GetBytes(content)))).Message.ShouldContain(message);

    [Fact]
    public async Task A_missing_file() => (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync("/no/such.parquet"))).Message.ShouldContain("/no/such.parquet cannot be read");

    [Fact]
    public async Task The_place_is_named()
    {
        var file = TestFile.Write(3, TestColumn.Text("a", "x", "y", "z"), TestColumn.Text("b", "x", "y"));
        (await Rows.FailAsync(_folder.Write("short.parquet", file))).ToBlock().ShouldEndWith("""
            short.parquet cannot be read as Parquet: the column has fewer values than the row group has rows.
              place:   row group 1, row 3, column b, page at byte 36
              remedy:  the file is damaged: fetch or write it again
            """);
    }

    [Fact]
    public Task Texts_that_are_not_UTF_8() => Fails(TestColumn.Text("a").Page(1, TestColumn.Prefixed(0xff)), "marked as text, but is not UTF-8");

    [Fact]
    public Task Other_codecs() => Fails(TestColumn.Text("a", "x") with { Codec = Codec.Lzo }, "LZO, which is not supported");

    [Fact]
    public Task Sizes_that_the_codec_cannot_reach() => Fails(TestColumn.Text("a").Page(1, [1, 2, 3], size: int.MaxValue) with { Codec = Codec.Zstandard }, "3 compressed bytes cannot become 2147483647");

    [Theory]
    [InlineData(Codec.Snappy)]
    [InlineData(Codec.Gzip)]
    [InlineData(Codec.Brotli)]
    [InlineData(Codec.Lz4Hadoop)]
    [InlineData(Codec.Zstandard)]
    [InlineData(Codec.Lz4)]
    internal Task Damaged_compression(Codec codec) => Fails(TestColumn.Text("a").Page(1, [1, 2, 3], size: 9) with { Codec = codec }, $"its {codec} compression is damaged");

    // zlib.crc32(b"\x01\0\0\0x") is 0xa59c27a3 in Python; one more is wrong.
    [Fact]
    public async Task Checksums()
    {
        var right = TestColumn.Text("a").Page(1, TestColumn.Prefixed((byte)'x'), checksum: -1516492893);
        (await Rows.TextAsync(_folder.Write("right.parquet", TestFile.Write(1, right)))).ShouldBe("""{"a":"x"}""");
        await Fails(TestColumn.Text("a").Page(1, TestColumn.Prefixed((byte)'x'), checksum: -1516492893 + 1), "do not have the checksum");
    }

    [Fact]
    public Task Two_columns_of_one_name() => Fails([TestColumn.Text("a", "x"), TestColumn.Text("a", "y")], "two columns have the name \"a\"");

    [Fact]
    public Task Indices_outside_the_dictionary() =>
        Fails(new TestColumn("v", PhysicalType.Int32).Dictionary(1, [1, 0, 0, 0]).Page(1, [1, 2, 1], ValueEncoding.RleDictionary), "number 1 of a dictionary that has 1");

    [Fact]
    public Task Dictionaries_larger_than_their_page() => Fails(new TestColumn("v", PhysicalType.Int32).Dictionary(2, [1, 0, 0, 0]).Page(1, [1, 2, 0], ValueEncoding.RleDictionary), "cannot have 2 values");

    [Fact]
    public Task A_missing_dictionary() => Fails(new TestColumn("v", PhysicalType.Int32).Page(1, [1, 2, 0], ValueEncoding.RleDictionary), "there is none before it");

    /// <summary>A few bytes that say: a hundred million times the same text of 10 KB, in one list. Reading stops at the largest row.</summary>
    [Fact]
    public async Task A_row_that_would_not_fit_in_memory()
    {
        const int Count = 100_000_000;
        var run = new List<byte>();
        for (ulong left = 2 * (Count - 1UL); ; left >>= 7)
        {
            run.Add((byte)(left > 127 ? left | 128 : left));
            if (left <= 127)
                break;
        }

        var column = (new TestColumn("v", PhysicalType.ByteArray) { Repetition = Repetition.Repeated, Converted = 0 }).Dictionary(1, TestColumn.Prefixed([.. Enumerable.Repeat((byte)'x', 10_000)]))
            .Page(Count, [.. TestColumn.Prefixed([2, 0, .. run, 1]), .. TestColumn.Prefixed([.. run, 1, 2, 1]), 0], ValueEncoding.RleDictionary);
        await Fails(column, "a row has more than");
    }

    private Task Fails(TestColumn column, string message) => Fails([column], message);

    private async Task Fails(IReadOnlyList<TestColumn> columns, string message) =>
        (await Rows.FailAsync(_folder.Write("bad.parquet", TestFile.Write(1, columns)))).Message.ShouldContain(message);
}
