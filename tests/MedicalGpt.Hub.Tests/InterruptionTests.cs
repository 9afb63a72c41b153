using MedicalGpt.Host.Hub;
using MedicalGpt.Hub.Tests.Support;

namespace MedicalGpt.Hub.Tests;

/// <summary>Connections that break, pulls that end early.</summary>
public sealed class InterruptionTests : HubTest
{
    private const string Weights = "model.safetensors";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Cut_connections_are_continued(int seed) => CutAsync(seed, size: 900_000);

    [Trait("Category", "Long")]
    [Fact]
    public async Task Cut_connections_are_continued_two_hundred_times()
    {
        for (var seed = 100; seed < 300; seed++)
        {
            await CutAsync(seed, size: 1 + new Random(seed).Next(2_000_000));
            Directory.Delete(Cache, recursive: true);
        }
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(1_000_000)]
    public async Task A_pull_that_was_ended_goes_on_where_it_was(int size)
    {
        var content = Publish(size);
        Hub.Slowness = TimeSpan.FromMilliseconds(10);
        using var stop = new CancellationTokenSource();
        var first = PullAsync(Settings with { Connections = 2 }, cancellation: stop.Token);
        while (Hub.BytesSent < size / 2)
            await Task.Delay(1);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        Hub.Slowness = TimeSpan.Zero;
        var (before, ranges) = (Hub.BytesSent, Hub.Requests.Count);
        await PullAsync();
        Pulled(Weights).ShouldBe(content.Bytes);
        // What was on the way at the end may come twice: at most a socket's buffers, and one unit of the server for each of two connections.
        (Hub.BytesSent - before).ShouldBeLessThan(size);
        Hub.Requests.Skip(ranges).Where(request => request.Store).ShouldAllBe(request => request.Range != null);
        Tree().ShouldAllBe(line => !line.Contains("incomplete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Large_files_come_in_parts_over_a_bounded_number_of_connections()
    {
        var content = Publish(1_000_000);
        var (now, most) = (0, 0);
        var state = new Lock();
        Hub.Before = async (context, request) =>
        {
            if (!request.Store)
                return false;
            lock (state)
                most = Math.Max(most, ++now);
            await Task.Delay(20);
            lock (state)
                now--;
            return false;
        };
        await PullAsync(Settings with { Connections = 3 });
        Pulled(Weights).ShouldBe(content.Bytes);
        Hub.Fetches().Count(request => request.Store).ShouldBe(16); // ceiling(1,000,000 / 65,536)
        most.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Two_pulls_at_once_fetch_a_file_once()
    {
        var content = Publish(200_000);
        Hub.Slowness = TimeSpan.FromMilliseconds(20);
        var both = await Task.WhenAll(PullAsync(), PullAsync());
        both.Count(files => files.Single().Fetched).ShouldBe(1);
        Hub.BytesSent.ShouldBe(200_000);
        Pulled(Weights).ShouldBe(content.Bytes);
    }

    [Fact]
    public async Task A_journal_of_another_cut_is_not_trusted()
    {
        var content = Publish(1_000_000);
        Hub.CutAfter = _ => 30_000;
        await RefusedAsync(Settings with { Retry = new HubRetry { Attempts = 1 } });
        Hub.CutAfter = _ => null;
        await PullAsync(Settings with { PartSize = 100_000 });
        Pulled(Weights).ShouldBe(content.Bytes);
    }

    private async Task CutAsync(int seed, int size)
    {
        var content = Publish(size, seed);
        var random = new Random(seed);
        var cuts = 0;
        Hub.CutAfter = request => request.Store && Interlocked.Increment(ref cuts) <= 25 ? Locked(random, size / 8 + 1) : null;
        // A reset may take bytes with it that were sent: a request may bring nothing, several times in a row.
        await PullAsync(Settings with { Retry = Settings.Retry with { Attempts = 30 } });
        Pulled(Weights).AsSpan().SequenceEqual(content.Bytes).ShouldBeTrue($"seed {seed}, {size} bytes");
        cuts.ShouldBeGreaterThan(1);
    }

    private static long Locked(Random random, int limit)
    {
        lock (random)
            return random.Next(1, limit);
    }

    private HubContent Publish(int size, int seed = 1)
    {
        var content = HubContent.Large(size, seed);
        Hub.Add(Model, (Weights, content));
        return content;
    }
}
