using MedicalGpt.Datasets.Parquet;
using MedicalGpt.Datasets.Parquet.Encodings;

namespace MedicalGpt.Parquet.Tests.Encodings;

/// <summary>The example of the format's description (Encodings.md): AABBCCDD 00112233 A3B4C5D6.</summary>
public sealed class StreamSplitTests
{
    private static readonly byte[] Split = [0xaa, 0x00, 0xa3, 0xbb, 0x11, 0xb4, 0xcc, 0x22, 0xc5, 0xdd, 0x33, 0xd6];

    [Fact]
    public void Bytes() => Read(false, value => Convert.ToHexString(value.Bytes)).ShouldBe(["AABBCCDD", "00112233", "A3B4C5D6"]);

    // As numbers they are little endian; the sign goes on to 64 bits.
    [Fact]
    public void Numbers() => Read(true, value => value.Number.ToString("X")).ShouldBe(["FFFFFFFFDDCCBBAA", "33221100", "FFFFFFFFD6C5B4A3"]);

    [Fact]
    public void The_end_is_an_error()
    {
        var reader = new StreamSplitReader(Split, 0, 11, 4, true); // room for two
        RawValue value = default;
        reader.Read(ref value);
        reader.Read(ref value);
        Should.Throw<ParquetException>(() => reader.Read(ref value));
    }

    private static List<string> Read(bool number, Func<RawValue, string> text)
    {
        var reader = new StreamSplitReader(Split, 0, Split.Length, 4, number);
        List<string> values = [];
        RawValue value = default;
        for (var i = 0; i < 3; i++)
        {
            reader.Read(ref value);
            values.Add(text(value));
        }

        return values;
    }
}
