using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MedicalGpt.Datasets.Parquet;

// How fast Parquet files become rows: processor time of the second of two runs over each file that is named (or lies in a folder that is named).
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var files = args.SelectMany(path => Directory.Exists(path) ? Directory.GetFiles(path, "*.parquet").Order(StringComparer.Ordinal).ToArray() : [path]).ToList();
if (files.Count == 0 || files.Find(file => !File.Exists(file)) is not null)
{
    Console.Error.WriteLine("usage: MedicalGpt.Benchmarks.Parquet FILE_OR_FOLDER ...");
    Console.Error.WriteLine(files.Find(file => !File.Exists(file)) is { } missing ? $"{missing} is no file and no folder" : "no Parquet file is named");
    return 2;
}

Console.WriteLine($"{"file",-40}{"rows",10}{"file MB",10}{"JSON MB",10}{"CPU ms",10}{"file MB/s",11}{"JSON MB/s",11}");
foreach (var file in files)
{
    await ReadAsync(file);
    var start = Environment.CpuUsage.TotalTime;
    var (rows, bytes) = await ReadAsync(file);
    var seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    var size = new FileInfo(file).Length;
    Console.WriteLine($"{Path.GetFileName(file),-40}{rows,10}{size / 1e6,10:F2}{bytes / 1e6,10:F2}{seconds * 1000,10:F1}{size / 1e6 / seconds,11:F0}{bytes / 1e6 / seconds,11:F0}");
}

Console.WriteLine($"most memory of the process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
return 0;

static async Task<(long Rows, long Bytes)> ReadAsync(string file)
{
    var (rows, bytes) = (0L, 0L);
    await foreach (var row in new ParquetFormat().ReadAsync(file, CancellationToken.None))
    {
        rows++;
        bytes += JsonMarshal.GetRawUtf8Value(row).Length;
    }

    return (rows, bytes);
}
