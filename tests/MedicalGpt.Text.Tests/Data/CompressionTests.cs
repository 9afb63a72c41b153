using System.IO.Compression;
using System.Text;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Compressed files are read like plain ones; damage is an error that names the file.</summary>
public sealed class CompressionTests
{
    private static readonly byte[] Lines = Encoding.UTF8.GetBytes("{\"text\":\"1\"}\n{\"text\":\"阿司匹林\"}\n");

    [Theory]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.jsonl.zst")]
    [InlineData("a.json.gz")]
    [InlineData("a.json.zst")]
    public async Task Rows_are_the_same(string name)
    {
        using var file = new TemporaryFile(name, Pack(name, Lines));
        (await Rows.ReadAsync(file.Folder, ExampleKind.Text)).Cast<PlainText>().Select(row => row.Text).ShouldBe(["1", "阿司匹林"]);
    }

    [Theory]
    [InlineData("a.csv.gz", "question,answer\nq,a\n")]
    [InlineData("a.json.zst", "[{\"question\":\"q\",\"answer\":\"a\"}]")]
    [InlineData("a.json.gz", "{\"question\":[\"q\"],\"answer\":[\"a\"]}")]
    public async Task Other_formats_may_be_compressed_too(string name, string content)
    {
        using var file = new TemporaryFile(name, Pack(name, Encoding.UTF8.GetBytes(content)));
        (await Rows.ReadAsync(file.Path, ExampleKind.Conversation)).ShouldHaveSingleItem().Origin.Source.ShouldBe(file.Path);
    }

    [Fact]
    public async Task Several_members_and_frames_follow_each_other()
    {
        foreach (var name in new[] { "a.jsonl.gz", "a.jsonl.zst" })
        {
            using var file = new TemporaryFile(name, [.. Pack(name, Lines), .. Pack(name, Lines)]);
            (await Rows.ReadAsync(file.Path, ExampleKind.Text)).Count.ShouldBe(4);
        }
    }

    [Theory]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.jsonl.zst")]
    public async Task What_is_cut_or_damaged_is_an_error(string name)
    {
        var whole = Pack(name, Lines);
        foreach (var bytes in new[] { whole[..(whole.Length - 15)], [.. "no"u8, .. whole] })
        {
            using var file = new TemporaryFile(name, bytes);
            var error = await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text));
            error.ToBlock().ShouldContain($"place:   {file.Path}");
        }
    }

    [Fact]
    public async Task A_row_that_unpacks_without_end_is_an_error()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write("[\""u8);
            var zeros = new byte[1 << 20];
            Array.Fill(zeros, (byte)'a');
            for (var i = 0; i < 80; i++)
                gzip.Write(zeros);
        }

        using var file = new TemporaryFile("a.json.gz", packed.ToArray());
        (await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Text))).Message.ShouldBe("A row is larger than 64 MiB.");
    }

    private static byte[] Pack(string name, byte[] data) => name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(data) : Zstandard(data);

    private static byte[] Gzip(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(data);
        return packed.ToArray();
    }

    // RFC 8878, 3.1.1: magic number; descriptor 0x20 (single segment, content size in one byte); size; one last raw block.
    private static byte[] Zstandard(byte[] data)
    {
        var block = (data.Length << 3) | 1;
        return [0x28, 0xB5, 0x2F, 0xFD, 0x20, (byte)data.Length, (byte)block, (byte)(block >> 8), (byte)(block >> 16), .. data];
    }
}
