using System.Text;
using System.Text.Json;
using MedicalGpt.Datasets.Parquet;
using MedicalGpt.Fuzz.Tests.Support;

namespace MedicalGpt.Fuzz.Tests.Targets;

/// <summary>Parquet files, made from those of other programs.</summary>
internal static class ParquetTarget
{
    private const int LargestSeed = 16 << 10;
    private const int MostRows = 2_000;

    /// <summary>The reader.</summary>
    /// <param name="scratch">Where files go.</param>
    /// <param name="folder">Folder of whole files.</param>
    public static FuzzTarget Create(Scratch scratch, string folder) => new(
        "parquet",
        [.. Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length <= LargestSeed).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)],
        [Encoding.ASCII.GetBytes("PAR1"), [0], [0xff], [0xff, 0xff, 0xff, 0xff, 0x0f], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], [0x15, 0x00], [0x19, 0xfc], [0x1c], [0x00, 0x00, 0x00, 0x80]],
        async (input, _) =>
        {
            var path = scratch.Write("a.parquet", input);
            var rows = 0;
            await foreach (var row in new ParquetFormat().ReadAsync(path, CancellationToken.None))
            {
                row.ValueKind.ShouldBe(JsonValueKind.Object);
                if (++rows == MostRows)
                    break; // a few bytes may mean any number of equal rows
            }
        });
}
