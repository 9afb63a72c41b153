using System.Text;
using MedicalGpt.Datasets.Parquet.Compression;

namespace MedicalGpt.Parquet.Tests.Compression;

/// <summary>Blocks made by hand after the format's description: token (literals, match - 4), literals, offset (2 bytes, little endian); the last sequence is literals alone.</summary>
public sealed class Lz4Tests
{
    // 3 literals, match of 4 + 2 at offset 3; then 1 literal.
    private static readonly byte[] Block = [0x32, (byte)'a', (byte)'b', (byte)'c', 3, 0, 0x10, (byte)'!'];

    [Fact]
    public void Literals_and_a_match_that_repeats_itself() => Decompress(Block, 10).ShouldBe("abcabcabc!");

    // 15 + 255 + 30 = 300 literals; a match of 4 + 15 + 0 = 19 at offset 1, and an empty last sequence.
    [Fact]
    public void Long_lengths() => Decompress([0xff, 255, 30, .. Enumerable.Repeat((byte)'x', 300), 1, 0, 0, 0x00], 319).ShouldBe(new string('x', 319));

    // Hadoop: length when decompressed, length of the block, both big endian; a frame may have several blocks, a page several frames.
    [Fact]
    public void Frames_of_Hadoop()
    {
        var target = new byte[30];
        Lz4.TryDecompressHadoop([0, 0, 0, 20, 0, 0, 0, 8, .. Block, 0, 0, 0, 8, .. Block, 0, 0, 0, 10, 0, 0, 0, 8, .. Block], target).ShouldBeTrue();
        Encoding.ASCII.GetString(target).ShouldBe("abcabcabc!abcabcabc!abcabcabc!");
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 10, 0, 0, 0, 9, 0x32, 97, 98, 99, 3, 0, 0x10, 33 })] // the block ends too early
    [InlineData(new byte[] { 0, 0, 0, 11, 0, 0, 0, 8, 0x32, 97, 98, 99, 3, 0, 0x10, 33 })] // a byte is missing
    [InlineData(new byte[] { 0, 0, 0, 10, 0, 0, 0, 0 })] // a block of nothing
    [InlineData(new byte[] { 0, 0, 0, 10, 0, 0, 0, 8, 0x32, 97, 98, 99, 3, 0, 0x10, 33, 1 })] // more behind it
    public void Damaged_frames(byte[] source) => Lz4.TryDecompressHadoop(source, new byte[10]).ShouldBeFalse();

    [Theory]
    [InlineData(new byte[] { 0x32, 97, 98, 99, 0, 0, 0x10, 33 })] // offset 0
    [InlineData(new byte[] { 0x32, 97, 98, 99, 4, 0, 0x10, 33 })] // before the beginning
    [InlineData(new byte[] { 0x32, 97, 98, 99, 3 })] // half an offset
    [InlineData(new byte[] { 0x3f, 97, 98, 99, 3, 0 })] // the match's length does not end
    [InlineData(new byte[] { 0x3f, 97, 98, 99, 3, 0, 200, 0x10, 33 })] // the match is longer than the page
    [InlineData(new byte[] { 0xf0 })] // the literals' length does not end
    [InlineData(new byte[] { 0x50, 97 })] // the literals end too early
    [InlineData(new byte[] { 0x30, 97, 98, 99 })] // too short
    public void Damaged(byte[] source) => Lz4.TryDecompress(source, new byte[10]).ShouldBeFalse();

    private static string Decompress(byte[] source, int length)
    {
        var target = new byte[length];
        Lz4.TryDecompress(source, target).ShouldBeTrue();
        return Encoding.ASCII.GetString(target);
    }
}
