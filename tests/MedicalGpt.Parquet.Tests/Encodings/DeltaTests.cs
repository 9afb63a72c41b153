using System.Text;
using MedicalGpt.Datasets.Parquet;
using MedicalGpt.Datasets.Parquet.Encodings;

namespace MedicalGpt.Parquet.Tests.Encodings;

/// <summary>The examples of the format's description (Encodings.md), worked out by hand: blocks of 128 (80 01) in 4 miniblocks of 32.</summary>
public sealed class DeltaTests
{
    // 1 2 3 4 5: first 1 (zigzag 2); differences 1 1 1 1: smallest 1 (zigzag 2), what is left over is 0 in 0 bits.
    private static readonly byte[] OneToFive = [0x80, 0x01, 4, 5, 2, 2, 0, 0, 0, 0];

    // 7 5 3 1 2 3 4 5: first 7 (zigzag 14); differences -2 -2 -2 1 1 1 1: smallest -2 (zigzag 3), over it 0 0 0 3 3 3 3 in 2 bits: 11000000 00111111, up to 32 values = 8 bytes.
    private static readonly byte[] DownAndUp = [0x80, 0x01, 4, 8, 14, 3, 2, 0, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void Steady() => Numbers(OneToFive, 5, false).ShouldBe([1, 2, 3, 4, 5]);

    [Fact]
    public void Differences() => Numbers(DownAndUp, 8, false).ShouldBe([7, 5, 3, 1, 2, 3, 4, 5]);

    // Widths of miniblocks that are not needed may be anything.
    [Fact]
    public void Widths_of_missing_miniblocks_do_not_matter() => Numbers([.. DownAndUp[..7], 99, 200, 255, .. DownAndUp[10..]], 8, false).ShouldBe([7, 5, 3, 1, 2, 3, 4, 5]);

    // 2147483647 and -2147483648: the difference is 1 in 32 bits, which wrap around.
    [Fact]
    public void Thirty_two_bits_wrap_around() => Numbers([0x80, 0x01, 4, 2, 0xfe, 0xff, 0xff, 0xff, 0x0f, 2, 0, 0, 0, 0], 2, true).ShouldBe([int.MaxValue, int.MinValue]);

    [Fact]
    public void Ends_where_the_last_miniblock_ends()
    {
        DeltaReader.FindEnd([.. OneToFive, 7, 7], 0, OneToFive.Length + 2).ShouldBe(OneToFive.Length);
        DeltaReader.FindEnd([.. DownAndUp, 7, 7], 0, DownAndUp.Length + 2).ShouldBe(DownAndUp.Length);
        DeltaReader.FindEnd([0x80, 0x01, 4, 0, 0, 7], 0, 6).ShouldBe(5);
    }

    // 5 5 6 6: first 5 (zigzag 10); differences 0 1 0: smallest 0, in 1 bit: 010 = 2, up to 32 values = 4 bytes.
    [Fact]
    public void Lengths_then_bytes() =>
        Texts(new DeltaLengthReader([0x80, 0x01, 4, 4, 10, 0, 1, 0, 0, 0, 2, 0, 0, 0, .. "HelloWorldFoobarABCDEF"u8], 0, 36), 4).ShouldBe(["Hello", "World", "Foobar", "ABCDEF"]);

    // axis axle babble babyhood share 0 2 0 3: differences 2 -2 3, over -2 (zigzag 3) 4 0 5 in 3 bits: 4 + (5 << 6) = 0x144, up to 32 values = 12 bytes.
    // The rests have lengths 4 2 6 5 (4 = zigzag 8): differences -2 4 -1, over -2 0 6 1 in 3 bits: (6 << 3) + (1 << 6) = 0x70.
    [Fact]
    public void Shared_beginnings() =>
        Texts(new DeltaBytesReader(
            [
                0x80, 0x01, 4, 4, 0, 3, 3, 0, 0, 0, 0x44, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                0x80, 0x01, 4, 4, 8, 3, 3, 0, 0, 0, 0x70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                .. "axislebabbleyhood"u8,
            ], 0, 61), 4).ShouldBe(["axis", "axle", "babble", "babyhood"]);

    [Theory]
    [InlineData(new byte[] { 0x80, 0x01, 0, 5, 2 }, "cannot have 0 miniblocks")]
    [InlineData(new byte[] { 0x80, 0x01, 3, 5, 2 }, "cannot have 3 miniblocks")]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 5, 2 }, "blocks of 4294967295")]
    [InlineData(new byte[] { 0x80, 0x01, 4, 5 }, "end in the middle")]
    [InlineData(new byte[] { 0x80, 0x01, 4, 5, 2, 2, 0, 0 }, "end in the middle")]
    [InlineData(new byte[] { 0x80, 0x01, 4, 5, 2, 2, 65, 0, 0, 0 }, "65 is no bit width")]
    [InlineData(new byte[] { 0x80, 0x01, 4, 5, 2, 2, 9, 0, 0, 0, 1 }, "end in the middle")]
    [InlineData(new byte[] { 0x80, 0x01, 4, 1, 2 }, "fewer values")]
    public void Damaged(byte[] bytes, string message) => Should.Throw<ParquetException>(() => Numbers(bytes, 5, false)).Message.ShouldContain(message);

    // The same as above, but the second value shares 5 bytes with "axis".
    [Fact]
    public void More_shared_than_there_is() =>
        Should.Throw<ParquetException>(() => Texts(new DeltaBytesReader([0x80, 0x01, 4, 2, 0, 10, 0, 0, 0, 0, 0x80, 0x01, 4, 2, 8, 3, 0, 0, 0, 0, .. "axisle"u8], 0, 26), 2)).Message.ShouldContain("shares 5 bytes");

    private static long[] Numbers(byte[] bytes, int count, bool narrow)
    {
        var reader = new DeltaReader(bytes, 0, bytes.Length, narrow);
        return [.. Enumerable.Range(0, count).Select(_ => reader.Next())];
    }

    private static string[] Texts(ValueReader reader, int count)
    {
        RawValue value = default;
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            reader.Read(ref value);
            return Encoding.ASCII.GetString(value.Bytes);
        })];
    }
}
