using MedicalGpt.Host.Hub;
using MedicalGpt.Hub.Tests.Support;

namespace MedicalGpt.Hub.Tests;

/// <summary>A pull that waits says for what: on the error stream, without secrets.</summary>
public sealed class RetryNoticeTests : HubTest
{
    [Fact]
    public async Task Every_further_try_is_told_with_its_number_and_wait()
    {
        Hub.Add(Model, ("config.json", HubContent.Text("{}\n")));
        var asked = 0;
        Hub.Before = (context, request) =>
        {
            if (!request.Path.Contains("/resolve/", StringComparison.Ordinal) || ++asked > 2)
                return Task.FromResult(false);
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "0";
            return Task.FromResult(true);
        };
        var errors = new StringWriter();
        await PullAsync(errors);
        var address = new Uri(Hub.Address, $"clinic/tiny/resolve/{TestHub.Commit}/config.json");
        errors.ToString().ShouldBe($"pull: {address}: HTTP 503; again in 0 s (try 2 of 6)\npull: {address}: HTTP 503; again in 0 s (try 3 of 6)\n");
    }

    [Fact]
    public async Task What_all_parts_of_a_file_say_is_said_once_and_signatures_are_not()
    {
        var content = HubContent.Large(700_000);
        Hub.Add(Model, ("model.safetensors", content));
        var asked = 0;
        Hub.Before = (context, request) =>
        {
            if (!request.Store || Interlocked.Increment(ref asked) > 8)
                return Task.FromResult(false);
            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };
        var errors = new StringWriter();
        await PullAsync(errors);
        var lines = errors.ToString().TrimEnd('\n').Split('\n');
        lines.Length.ShouldBeInRange(1, 8);
        lines[0].ShouldMatch(@"^pull: http://127\.0\.0\.1:\d+/[^?]*: HTTP 500; again in [\d.]+ s \(try 2 of 6\)$");
    }

    [Fact]
    public async Task A_file_that_another_program_fetches_is_waited_for_aloud()
    {
        Hub.Add(Model, ("config.json", HubContent.Text("{}\n")));
        using var hub = new HubClient(Settings);
        var listing = await hub.ListAsync(Repository, "main", default);
        var target = new CacheTarget(Settings.Cache, listing);
        var held = await FileLock.TakeAsync(target.Lock(listing.Files[0]), () => throw new InvalidOperationException("the lock is free"), default);
        var errors = new ReleasingWriter(held);
        await hub.PullAsync(listing, listing.Files, target, verify: false, new PullProgress(errors), default);
        errors.ToString().ShouldBe("pull: config.json: another program is fetching it; waiting for that\n");
    }

    [Fact]
    public async Task A_server_with_another_file_is_asked_again_aloud()
    {
        var content = HubContent.Large(100_000);
        Hub.Add(Model, ("model.safetensors", content));
        var (asked, wrong) = (0, new byte[100_000]);
        Hub.Before = async (context, request) =>
        {
            if (!request.Store || ++asked > 1)
                return false;
            context.Response.ContentLength = wrong.Length;
            await context.Response.Body.WriteAsync(wrong);
            return true;
        };
        var errors = new StringWriter();
        await PullAsync(errors);
        errors.ToString().ShouldMatch("^pull: model\\.safetensors: 100000 bytes with [0-9a-f]{64} is not what the hub lists; from the beginning again\n$");
        Pulled("model.safetensors").ShouldBe(content.Bytes);
    }

    private async Task PullAsync(StringWriter errors)
    {
        var progress = new PullProgress(errors);
        using var hub = new HubClient(Settings with { Retry = Settings.Retry with { Notice = progress.Again } });
        var listing = await hub.ListAsync(Repository, "main", default);
        await hub.PullAsync(listing, listing.Files, new CacheTarget(Settings.Cache, listing), verify: false, progress, default);
    }

    /// <summary>Releases a lock as soon as somebody says that it is waited for.</summary>
    private sealed class ReleasingWriter(FileLock held) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            held.Dispose();
        }
    }
}
