using System.Diagnostics;

namespace MedicalGpt.Fuzz.Tests.Support;

/// <summary>Gives a reader damaged inputs and watches it: a result or a readable error, no other exception, no hang, bounded memory.</summary>
/// <param name="target">The reader.</param>
internal sealed class FuzzRun(FuzzTarget target)
{
    /// <summary>Most processor time for one input. Waiting for the processor on a busy machine is not counted.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>When an input counts as hanging without using the processor.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    /// <summary>Most bytes that may be allocated for one input, and by which the process may grow.</summary>
    private const long Memory = 512L << 20;

    /// <summary>Reads damaged inputs.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Decides which.</param>
    /// <returns>Ends when all are read.</returns>
    public async Task MutateAsync(int count, int seed)
    {
        var (read, refused) = (0, 0);
        var before = Peak();
        for (var i = 0; i < count; i++)
        {
            var random = new Random(HashCode(seed, i));
            var input = i < target.Seeds.Count ? target.Seeds[i] : new Mutator(random, target.Tokens).Mutate(target.Seeds[random.Next(target.Seeds.Count)], target.Seeds);
            if (await IsReadAsync(input, i, $"input {i} of seed {seed}"))
                read++;
            else
                refused++;
        }

        if (Peak() - before is > Memory and var grown)
            throw new InvalidOperationException($"{target.Name}: the process grew by {grown >> 20} MiB");
        if (read == 0 || refused == 0)
            throw new InvalidOperationException($"{target.Name}: {read} inputs were read, {refused} refused");
    }

    /// <summary>Reads inputs that once did harm.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> ReplayAsync()
    {
        var folder = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "Found", target.Name));
        var files = folder.Exists ? folder.GetFiles() : [];
        foreach (var file in files)
        {
            var input = await File.ReadAllBytesAsync(file.FullName);
            for (var variant = 0; variant < 8; variant++)
                await IsReadAsync(input, variant, file.Name);
        }

        return files.Length;
    }

    private static int HashCode(int seed, int index) => unchecked((seed * 1_000_003) + (index * 7919));

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private async Task<bool> IsReadAsync(byte[] input, int variant, string name)
    {
        var (clock, processor, allocated) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        var reading = Task.Run(() => target.ReadAsync(input, variant));
        if (await Task.WhenAny(reading, Task.Delay(Hang)) != reading)
            throw new InvalidOperationException(Story($"did not end within {Hang}", input, name));
        var isRead = true;
        try
        {
            await reading;
        }
        catch (Exception error) when (target.IsRefusal(error))
        {
            isRead = false;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(Story($"ended with {error.GetType().Name}: {error.Message}", input, name), error);
        }

        if (Environment.CpuUsage.TotalTime - processor is var used && used > Patience && clock.Elapsed > Patience)
            throw new InvalidOperationException(Story($"took {used} of processor time", input, name));
        if (GC.GetTotalAllocatedBytes() - allocated is > Memory and var bytes)
            throw new InvalidOperationException(Story($"took {bytes >> 20} MiB", input, name));
        return isRead;
    }

    /// <summary>What a failure says, with the input kept as a file that can go into Found.</summary>
    private string Story(string problem, byte[] input, string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"medgpt-fuzz-{target.Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(path, input);
        return $"{target.Name}, {name}: {problem}. The input ({input.Length} bytes) is kept as {path}; put it into tests/MedicalGpt.Fuzz.Tests/Found/{target.Name} when it is mended.";
    }
}
