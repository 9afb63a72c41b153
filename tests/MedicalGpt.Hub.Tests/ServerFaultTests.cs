using System.Globalization;
using MedicalGpt.Host.Hub;
using MedicalGpt.Hub.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace MedicalGpt.Hub.Tests;

/// <summary>Servers that refuse, lie, or are busy.</summary>
public sealed class ServerFaultTests : HubTest
{
    private const string Weights = "model.safetensors";
    private const string Secret = "hf_verySecretToken";

    [Theory]
    [InlineData(100_000)]
    [InlineData(700_000)]
    public async Task Wrong_bytes_are_thrown_away(int size)
    {
        var content = Publish(size);
        Hub.Repositories[Model][Weights] = content with { Bytes = [.. content.Bytes[..^1], (byte)(content.Bytes[^1] ^ 1)] };
        var error = await RefusedAsync();
        error.Message.ShouldContain("another file than the hub lists");
        error.Allowed!.ShouldContain(content.ETag);
        Tree().ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_bytes_of_a_small_file_are_thrown_away_too()
    {
        Hub.Add(Model, ("config.json", HubContent.Text("{}\n") with { Bytes = "[]\n"u8.ToArray() }));
        (await RefusedAsync()).Allowed!.ShouldContain("git blob id 0967ef424bce6791893e9a57bb952f80fd536e93");
        Tree().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    public async Task A_wrong_size_is_refused(int size)
    {
        Publish(1000);
        Hub.Before = async (context, request) =>
        {
            if (!request.Store)
                return false;
            context.Response.ContentLength = size;
            await context.Response.Body.WriteAsync(new byte[size]);
            return true;
        };
        var error = await RefusedAsync();
        (error.Given, error.Allowed!.Split(' ')[0]).ShouldBe(($"{size} bytes", "1000"));
    }

    [Fact]
    public async Task A_body_that_ends_early_is_refused_in_the_end()
    {
        var content = Publish(1000);
        Hub.Before = async (context, request) =>
        {
            if (request.Store)
                await context.Response.Body.WriteAsync(content.Bytes.AsMemory(0, 999));
            return request.Store;
        };
        (await RefusedAsync()).Given!.ShouldContain("ended after 999 of 1000 bytes");
    }

    [Fact]
    public async Task What_was_begun_of_another_file_is_begun_again()
    {
        var content = Publish(100_000);
        var blobs = Path.Combine(Cache, Repository.FolderName, "blobs");
        Directory.CreateDirectory(blobs);
        File.WriteAllBytes(Path.Combine(blobs, content.ETag + ".incomplete"), new byte[50_000]);
        await PullAsync();
        Pulled(Weights).ShouldBe(content.Bytes);
        Hub.BytesSent.ShouldBe(150_000);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(700_000)]
    public async Task A_server_without_ranges_gives_whole_files(int size)
    {
        var content = Publish(size);
        Hub.Ranges = false;
        var cuts = 0;
        Hub.CutAfter = request => request.Store && Interlocked.Increment(ref cuts) <= 2 ? 40_000 : null;
        await PullAsync();
        Pulled(Weights).ShouldBe(content.Bytes);
    }

    [Fact]
    public async Task A_file_that_changes_in_between_is_begun_again()
    {
        var content = Publish(700_000);
        var asked = 0;
        Hub.StoreETag = _ => Interlocked.Increment(ref asked) <= 4 ? "old" : "new";
        await PullAsync();
        Pulled(Weights).ShouldBe(content.Bytes);
        Hub.BytesSent.ShouldBeGreaterThan(700_000);
    }

    [Fact]
    public async Task A_range_that_is_not_there_is_begun_again()
    {
        var content = Publish(100_000);
        var blobs = Path.Combine(Cache, Repository.FolderName, "blobs");
        Directory.CreateDirectory(blobs);
        File.WriteAllBytes(Path.Combine(blobs, content.ETag + ".incomplete"), content.Bytes[..60_000]);
        Hub.Before = (context, request) => Refuse(context, request is { Store: true, Range: not null }, 416, null);
        await PullAsync();
        Pulled(Weights).ShouldBe(content.Bytes);
    }

    [Theory]
    [InlineData(429, "0")]
    [InlineData(503, "0")]
    [InlineData(500, null)]
    [InlineData(502, null)]
    public async Task Busy_servers_are_asked_again(int status, string? retryAfter)
    {
        var content = Publish(1000);
        var asked = new Dictionary<string, int>();
        Hub.Before = (context, request) =>
        {
            lock (asked)
            {
                if ((asked[request.Path] = asked.GetValueOrDefault(request.Path) + 1) > 2)
                    return Task.FromResult(false);
            }

            context.Response.StatusCode = status;
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            return Task.FromResult(true);
        };
        await PullAsync();
        Pulled(Weights).ShouldBe(content.Bytes);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        Publish(1000);
        Hub.Before = (context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = DateTimeOffset.UtcNow.AddHours(2).ToString("R", CultureInfo.InvariantCulture);
            return Task.FromResult(true);
        };
        var error = await RefusedAsync();
        error.Given.ShouldStartWith("HTTP 429 (1 try; the server asks to wait 7");
        Hub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Failures_end_after_some_tries()
    {
        Publish(1000);
        Hub.Before = (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };
        (await RefusedAsync()).Given.ShouldBe("HTTP 500 (6 tries)");
        Hub.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_named_with_its_neighbour()
    {
        Hub.Add("models/clinic/tinny");
        var error = await RefusedAsync();
        (error.Given, error.Remedy).ShouldBe(("clinic/tiny", "did you mean 'clinic/tinny'?"));
    }

    [Fact]
    public async Task A_revision_that_is_not_there_is_named_with_its_neighbour()
    {
        Publish(1000);
        var error = await RefusedAsync(revision: "mian");
        (error.Given, error.Remedy).ShouldBe(("mian", "did you mean 'main'?"));
    }

    [Fact]
    public async Task A_gated_repository_says_how_to_get_in()
    {
        Publish(1000);
        Hub.Before = (context, request) => Refuse(context, request.Path.Contains("/resolve/", StringComparison.Ordinal), 403, "GatedRepo");
        var error = await RefusedAsync();
        error.Message.ShouldContain("gated");
        error.Remedy!.ShouldContain("ask for access at " + new Uri(Hub.Address, "clinic/tiny"));
        error.Remedy!.ShouldContain("HF_TOKEN");
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_not_shown()
    {
        Publish(1000);
        Hub.Before = (context, _) => Refuse(context, true, 401, null);
        var error = await RefusedAsync(Settings with { Token = new HubToken(Secret, "HF_TOKEN") });
        (error.Message, error.Place).ShouldBe(("The hub does not accept the access token.", "HF_TOKEN"));
        error.ToString().ShouldNotContain(Secret);
        (Settings with { Token = new HubToken(Secret, "HF_TOKEN") }).ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_not_to_the_store()
    {
        Publish(700_000);
        await PullAsync(Settings with { Token = new HubToken(Secret, "HF_TOKEN") });
        Hub.Requests.Where(request => request.Store).ShouldAllBe(request => request.Authorization == null);
        Hub.Requests.Where(request => !request.Store).ShouldAllBe(request => request.Authorization == "Bearer " + Secret);
        Hub.Requests.Count(request => request.Store).ShouldBe(11);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/outside")]
    [InlineData("a\\..\\outside")]
    [InlineData("a//b")]
    [InlineData("a/\u0001")]
    public async Task Paths_that_lead_outside_are_refused(string path)
    {
        Hub.Add(Model, (path, HubContent.Text("x")));
        (await RefusedAsync()).Given.ShouldBe(path);
        Directory.Exists(Cache).ShouldBeFalse();
    }

    [Theory]
    [InlineData("<html>log in</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"sha":"../../etc"}""")]
    [InlineData("""{"sha":12}""")]
    public async Task Answers_that_are_none_of_the_hubs_are_refused(string body)
    {
        Publish(1000);
        Hub.Before = async (context, _) =>
        {
            await context.Response.WriteAsync(body);
            return true;
        };
        (await RefusedAsync()).Remedy!.ShouldContain("HF_ENDPOINT");
    }

    [Theory]
    [InlineData("http://example.invalid/")]
    [InlineData("ftp://example.invalid/")]
    public async Task A_redirect_to_an_open_connection_is_refused(string location)
    {
        Publish(1000);
        Hub.Before = (context, request) =>
        {
            context.Response.Redirect(location);
            return Task.FromResult(request.Path.Contains("/resolve/", StringComparison.Ordinal));
        };
        (await RefusedAsync()).Message.ShouldBe("The address is not encrypted.");
    }

    [Fact]
    public async Task Redirects_without_end_are_refused()
    {
        Publish(1000);
        Hub.Before = (context, request) =>
        {
            context.Response.Redirect(request.Path);
            return Task.FromResult(true);
        };
        (await RefusedAsync()).Message.ShouldContain("without end");
    }

    [Fact]
    public async Task A_silent_server_is_given_up()
    {
        Publish(1000);
        Hub.Before = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        (await RefusedAsync(Settings with { Silence = TimeSpan.FromMilliseconds(50), Retry = new HubRetry { Attempts = 2, First = TimeSpan.FromMilliseconds(1) } })).Given.ShouldStartWith("no answer within");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_one_error()
    {
        Publish(1000);
        File.WriteAllText(Cache, "a file where the cache should be");
        (await RefusedAsync()).Remedy!.ShouldContain("HF_HUB_CACHE");
    }

    private static Task<bool> Refuse(HttpContext context, bool when, int status, string? code)
    {
        if (!when)
            return Task.FromResult(false);
        context.Response.StatusCode = status;
        if (code is not null)
            context.Response.Headers["X-Error-Code"] = code;
        return Task.FromResult(true);
    }

    private HubContent Publish(int size)
    {
        var content = HubContent.Large(size);
        Hub.Add(Model, (Weights, content));
        return content;
    }
}
