using MedicalGpt.Datasets.Parquet.Metadata;

namespace MedicalGpt.Parquet.Tests.Support;

/// <summary>Whole files that fuzzing damages.</summary>
internal static class Seeds
{
    private const int SizeLimit = 6_000;

    /// <summary>Files that these tests write.</summary>
    public static IReadOnlyList<byte[]> OfTests() =>
    [
        TestFile.Write(3, TestColumn.Text("question", "a", "bc", "糖尿病"), new TestColumn("n", PhysicalType.Int64) { Repetition = Repetition.Optional }.Page(3, [.. TestColumn.Prefixed(3, 0b101), .. new byte[16]])),
        TestFile.Write(4, new TestColumn("d", PhysicalType.ByteArray) { Converted = 0 }.Dictionary(2, [.. TestColumn.Prefixed(1), .. TestColumn.Prefixed(2)]).Page(4, [1, 3, 0b1010], ValueEncoding.RleDictionary)),
        TestFile.Write(5, new TestColumn("x", PhysicalType.Int32).Page(5, [0x80, 0x01, 4, 5, 2, 2, 0, 0, 0, 0], ValueEncoding.DeltaBinaryPacked), new TestColumn("b", PhysicalType.Boolean).Page(5, [.. TestColumn.Prefixed(10, 1)], ValueEncoding.Rle)),
        TestFile.Write(2, new TestColumn("s", PhysicalType.ByteArray) { Codec = Codec.Snappy }.Page(2, [13, 8 << 2, 1, 0, 0, 0, 97, 4, 0, 0, 0, 4 << 2 & 0xfc, 98, 99, 100, 101], size: 13)),
    ];

    /// <summary>The small files of other programs' test suites.</summary>
    public static IReadOnlyList<byte[]> OfOtherPrograms() =>
    [
        .. Directory.GetFiles(SharedFiles.Find("data/parquet")!, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => new FileInfo(path).Length < SizeLimit).Select(File.ReadAllBytes),
    ];
}
