using MedicalGpt.Datasets.Parquet;
using MedicalGpt.Datasets.Parquet.Encodings;

namespace MedicalGpt.Parquet.Tests.Encodings;

/// <summary>Bytes of the format's description (Encodings.md): the numbers 0 to 7 in three bits each.</summary>
public sealed class LevelTests
{
    private static readonly int[] ZeroToSeven = [0, 1, 2, 3, 4, 5, 6, 7];

    // 3 = one packed group of eight; then 10001000 11000110 11111010.
    [Fact]
    public void Packed_least_significant_bit_first() => Read(new HybridReader([3, 0x88, 0xc6, 0xfa], 0, 4, 3), 8).ShouldBe(ZeroToSeven);

    // The deprecated order: 00000101 00111001 01110111.
    [Fact]
    public void Packed_most_significant_bit_first() => Read(new BitPackedReader([0x05, 0x39, 0x77], 0, 3, 3), 8).ShouldBe(ZeroToSeven);

    // 2 * 5 = a run of five; the value takes the bytes that 12 bits need.
    [Fact]
    public void Runs() => Read(new HybridReader([2 * 5, 0x23, 0x01, 2 * 1, 0x02, 0x00], 0, 6, 12), 6).ShouldBe([0x123, 0x123, 0x123, 0x123, 0x123, 2]);

    [Fact]
    public void Width_zero_needs_no_bytes() => Read(new HybridReader([], 0, 0, 0), 3).ShouldBe([0, 0, 0]);

    // 32 bits: 0xffffffff as a run, then packed (one group is 32 bytes; only the first two values are there, as some writers leave it).
    [Fact]
    public void Full_width_and_a_group_cut_short() => Read(new HybridReader([2, 0xff, 0xff, 0xff, 0xff, 3, 1, 0, 0, 0, 2, 0, 0, 0], 0, 14, 32), 3).ShouldBe([-1, 1, 2]);

    [Fact]
    public void The_end_is_an_error()
    {
        Should.Throw<ParquetException>(() => Read(new HybridReader([2 * 5, 1], 0, 2, 1), 6));
        Should.Throw<ParquetException>(() => Read(new HybridReader([2 * 5], 0, 1, 9), 1));
        Should.Throw<ParquetException>(() => Read(new HybridReader([3, 1], 0, 2, 8), 2));
        Should.Throw<ParquetException>(() => Read(new BitPackedReader([0xff], 0, 1, 3), 3));
        Should.Throw<ParquetException>(() => new HybridReader([], 0, 0, 33)).Message.ShouldContain("33 is no bit width");
    }

    private static int[] Read(LevelReader reader, int count) => [.. Enumerable.Range(0, count).Select(_ => reader.Next())];
}
