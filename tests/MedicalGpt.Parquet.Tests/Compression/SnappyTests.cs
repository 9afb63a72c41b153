using System.Text;
using MedicalGpt.Datasets.Parquet.Compression;

namespace MedicalGpt.Parquet.Tests.Compression;

/// <summary>Blocks made by hand after the format's description: length of the text, then literals (tag = length - 1, shifted by 2) and copies.</summary>
public sealed class SnappyTests
{
    private static readonly byte[] Abc = [2 << 2, (byte)'a', (byte)'b', (byte)'c'];

    [Fact]
    public void Literal() => Decompress([3, .. Abc], 3).ShouldBe("abc");

    // Kind 1: bits 2-4 are length - 4, bits 5-7 the offset's upper three, then its lower eight.
    [Fact]
    public void Copy_with_an_offset_of_11_bits_that_repeats_itself() => Decompress([9, .. Abc, ((6 - 4) << 2) | 1, 3], 9).ShouldBe("abcabcabc");

    // 256 x and "yz!" are 259 bytes, 266 = 0x8a 0x02 with the copy. Offset 258 = 1 * 256 + 2 (its upper bits are in the tag) is the second x.
    [Fact]
    public void Copy_uses_the_upper_bits_of_its_tag() =>
        Decompress([0x8a, 0x02, 61 << 2, 2, 1, .. Enumerable.Repeat((byte)'x', 256), .. "yz!"u8, (1 << 5) | ((7 - 4) << 2) | 1, 2], 266).ShouldBe(new string('x', 256) + "yz!" + "xxxxxxx");

    // Kind 2: length - 1, then the offset in two bytes; kind 3: in four.
    [Fact]
    public void Copies_with_longer_offsets()
    {
        Decompress([10, .. Abc, (7 - 1) << 2 | 2, 3, 0], 10).ShouldBe("abcabcabca");
        Decompress([10, .. Abc, (7 - 1) << 2 | 3, 3, 0, 0, 0], 10).ShouldBe("abcabcabca");
    }

    // Lengths above 60: tag 60 means that length - 1 is in one more byte, 61 in two.
    [Fact]
    public void Long_literals()
    {
        Decompress([61, 60 << 2, 60, .. Enumerable.Repeat((byte)'x', 61)], 61).ShouldBe(new string('x', 61));
        Decompress([0xac, 0x02, 61 << 2, 0x2b, 0x01, .. Enumerable.Repeat((byte)'x', 300)], 300).ShouldBe(new string('x', 300));
    }

    [Fact]
    public void Empty() => Decompress([0], 0).ShouldBe("");

    [Theory]
    [InlineData(new byte[] { }, 3)] // nothing
    [InlineData(new byte[] { 0x80 }, 3)] // the length does not end
    [InlineData(new byte[] { 4, 8, 97, 98, 99 }, 4)] // a byte is missing
    [InlineData(new byte[] { 3, 8, 97, 98, 99 }, 4)] // another length than the page's
    [InlineData(new byte[] { 3, 8, 97, 98 }, 3)] // the literal ends too early
    [InlineData(new byte[] { 2, 8, 97, 98, 99 }, 2)] // the literal is longer than the text
    [InlineData(new byte[] { 9, 8, 97, 98, 99, 9, 0 }, 9)] // offset 0
    [InlineData(new byte[] { 9, 8, 97, 98, 99, 9, 4 }, 9)] // before the beginning
    [InlineData(new byte[] { 8, 8, 97, 98, 99, 9, 3 }, 8)] // the copy is longer than the text
    [InlineData(new byte[] { 9, 8, 97, 98, 99, 9 }, 9)] // the copy has no offset
    [InlineData(new byte[] { 9, 0xfc, 0xff, 0xff, 0xff, 0xff }, 9)] // a literal of 4 GiB
    public void Damaged(byte[] source, int length) => Snappy.TryDecompress(source, new byte[length]).ShouldBeFalse();

    private static string Decompress(byte[] source, int length)
    {
        var target = new byte[length];
        Snappy.TryDecompress(source, target).ShouldBeTrue();
        return Encoding.ASCII.GetString(target);
    }
}
