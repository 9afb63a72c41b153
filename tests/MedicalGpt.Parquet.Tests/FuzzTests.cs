using System.Diagnostics;
using MedicalGpt.Parquet.Tests.Support;

namespace MedicalGpt.Parquet.Tests;

/// <summary>Damaged files give rows or a readable error: never another exception, never a hang, never much memory.</summary>
public sealed class FuzzTests
{
    private const int RowsPerFile = 2_000;
    private const long MemoryLimit = 512L << 20;
    /// <summary>Of processor time, so that a busy machine does not matter.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public Task Five_hundred_damaged_files() => DamageAsync(Seeds.OfTests(), 20261125, 500);

    [SharedFact("data/parquet")]
    public Task Five_hundred_damaged_files_of_other_programs() => DamageAsync(Seeds.OfOtherPrograms(), 20261125, 500);

    [SharedFact("data/parquet")]
    [Trait("Category", "Long")]
    public Task Fifty_thousand_damaged_files() => DamageAsync([.. Seeds.OfTests(), .. Seeds.OfOtherPrograms()], 1, 50_000);

    private static async Task DamageAsync(IReadOnlyList<byte[]> seeds, int seed, int count)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var outcomes = new int[2];
        ResetPeak();
        for (var i = 0; i < count; i++)
        {
            var path = folder.Write("x.parquet", Damage(seeds[random.Next(seeds.Count)], random));
            var start = Environment.CpuUsage.TotalTime;
            try
            {
                await Rows.ReadAsync(path, RowsPerFile);
                outcomes[0]++;
            }
            catch (MedicalGptException e)
            {
                e.ToBlock().ShouldContain(path);
                outcomes[1]++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"file {i} of seed {seed}: {e}", e);
            }

            (Environment.CpuUsage.TotalTime - start).ShouldBeLessThan(Patience, $"file {i} of seed {seed}");
        }

        outcomes.ShouldAllBe(outcome => outcome > 0);
        Process.GetCurrentProcess().PeakWorkingSet64.ShouldBeLessThan(MemoryLimit);
    }

    /// <summary>Sets the kernel's mark of the most memory back to what is used now.</summary>
    private static void ResetPeak()
    {
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static byte[] Damage(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            // Half of the changes go to the footer, which says where everything is.
            var at = random.Next(2) == 0 ? random.Next(bytes.Count) : bytes.Count - 1 - random.Next(Math.Min(bytes.Count, 600));
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0;
                    break;
                case 3: // the largest numbers of one to ten bytes
                    for (var i = 0; i < random.Next(1, 10) && at + i < bytes.Count; i++)
                        bytes[at + i] = 0xff;
                    break;
                case 4:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at - 1));
                    break;
                case 5:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 16), bytes.Count - at)));
                    break;
                default:
                    bytes[at]++;
                    break;
            }
        }

        return [.. bytes];
    }
}
