using System.Diagnostics;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>Files larger than memory are read as a stream: the rows of a 2 GB file pass through constant memory. Opt in by MEDGPT_LARGE_FILE_TESTS=1: it writes 2 GB to the temporary folder.</summary>
public sealed class StreamingTests
{
    private const long Size = 2L << 30;
    private const long MemoryLimit = 64L << 20;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Two_gigabytes_pass_through_constant_memory()
    {
        if (Environment.GetEnvironmentVariable("MEDGPT_LARGE_FILE_TESTS") != "1")
        {
            Console.WriteLine("skipped: set MEDGPT_LARGE_FILE_TESTS=1 (writes 2 GB to the temporary folder)");
            return;
        }

        var path = Path.Combine(Path.GetTempPath(), $"medgpt-large-{Guid.NewGuid():N}.jsonl");
        try
        {
            var written = await WriteAsync(path);
            GC.Collect();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var most = 0L;
            var read = 0L;
            var dataset = new ShuffledDataset(new MixedDataset([new MixedSource(path, 1)], MixStrategy.FirstExhausted, 1, new DataReadOptions()), 100, 1);
            await foreach (var row in dataset.ReadAsync(new DatasetRequest(ExampleKind.Conversation, null, "train"), default))
            {
                if (++read % 50_000 == 0)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }

            read.ShouldBe(written);
            most.ShouldBeLessThan(MemoryLimit);
            Process.GetCurrentProcess().PeakWorkingSet64.ShouldBeLessThan(1L << 30);
            Console.WriteLine($"{read} rows of {Size >> 20} MiB; at most {most >> 10} KiB held, peak working set {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<long> WriteAsync(string path)
    {
        var answer = new string('答', 600);
        await using var file = new StreamWriter(path);
        var rows = 0L;
        for (var bytes = 0L; bytes < Size; rows++)
        {
            var line = $"{{\"question\":\"q{rows}\",\"answer\":\"{answer}\"}}";
            await file.WriteLineAsync(line);
            bytes += line.Length + 1 + (2 * answer.Length);
        }

        return rows;
    }
}
