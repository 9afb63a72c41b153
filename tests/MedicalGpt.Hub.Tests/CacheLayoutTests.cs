using MedicalGpt.Host.Hub;
using MedicalGpt.Hub.Tests.Support;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Hub.Tests;

/// <summary>The cache is laid out as the Python client does. Identities are git's and SHA-256's own: the blob ids of "{}\n" and "hello\n", the SHA-256 of "abc" (FIPS 180-4).</summary>
public sealed class CacheLayoutTests : HubTest
{
    private const string Braces = "0967ef424bce6791893e9a57bb952f80fd536e93";
    private const string Hello = "ce013625030ba8dba906f756967f9e9ca394464a";
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private const string Root = "models--clinic--tiny";

    private static readonly string[] Expected =
    [
        $"{Root}/blobs/{Braces} 3",
        $"{Root}/blobs/{Abc} 3",
        $"{Root}/blobs/{Hello} 6",
        $"{Root}/refs/main 40",
        $"{Root}/snapshots/{TestHub.Commit}/config.json -> ../../blobs/{Braces}",
        $"{Root}/snapshots/{TestHub.Commit}/model.safetensors -> ../../blobs/{Abc}",
        $"{Root}/snapshots/{TestHub.Commit}/sub/deeper/hello.txt -> ../../../../blobs/{Hello}",
    ];

    [Fact]
    public async Task Files_links_and_reference_lie_where_the_python_client_puts_them()
    {
        Publish();
        await PullAsync();
        Tree().ShouldBe(Expected.Order(StringComparer.Ordinal));
        File.ReadAllText(Path.Combine(Cache, Root, "refs", "main")).ShouldBe(TestHub.Commit);
        Pulled("sub/deeper/hello.txt").ShouldBe("hello\n"u8.ToArray());
    }

    [Fact]
    public async Task A_second_pull_fetches_nothing()
    {
        Publish();
        (await PullAsync()).ShouldAllBe(file => file.Fetched);
        Hub.Requests.Clear();
        (await PullAsync()).ShouldAllBe(file => !file.Fetched);
        Hub.Fetches().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_python_client_has_is_used()
    {
        Publish();
        var folder = Path.Combine(Cache, Root);
        Directory.CreateDirectory(Path.Combine(folder, "blobs"));
        Directory.CreateDirectory(Path.Combine(folder, "refs"));
        Directory.CreateDirectory(Path.Combine(folder, "snapshots", TestHub.Commit));
        File.WriteAllText(Path.Combine(folder, "refs", "main"), TestHub.Commit);
        File.WriteAllText(Path.Combine(folder, "blobs", Braces), "{}\n");
        File.CreateSymbolicLink(Path.Combine(folder, "snapshots", TestHub.Commit, "config.json"), $"../../blobs/{Braces}");
        File.WriteAllText(Path.Combine(folder, "blobs", Abc + ".incomplete"), "a");
        var pulled = await PullAsync();
        pulled.Where(file => !file.Fetched).Select(file => file.File.Path).ShouldBe(["config.json"]);
        Hub.Fetches().Where(request => request.Store).ShouldHaveSingleItem().Range.ShouldBe("bytes=1-2");
        Tree().ShouldBe(Expected.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_commit_fetches_only_what_changed()
    {
        Publish();
        await PullAsync();
        var next = new string('f', 40);
        Hub.Revisions["main"] = Hub.Revisions[next] = next;
        Hub.Repositories[Model]["config.json"] = HubContent.Text("{ }\n");
        Hub.Requests.Clear();
        (await PullAsync()).Where(file => file.Fetched).Select(file => file.File.Path).ShouldBe(["config.json"]);
        Hub.Fetches().ShouldHaveSingleItem();
        new HubCache(Cache).Snapshot(Repository).ShouldEndWith(next);
        new HubCache(Cache).Snapshot(Repository, TestHub.Commit).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("refs/pr/1")]
    [InlineData(TestHub.Commit)]
    public async Task Tags_pull_requests_and_commits_are_revisions(string revision)
    {
        Publish();
        Hub.Revisions[revision] = TestHub.Commit;
        await PullAsync(revision: revision);
        new HubCache(Cache).Snapshot(Repository, revision).ShouldNotBeNull();
        File.Exists(Path.Combine(Cache, Root, "refs", revision)).ShouldBe(revision != TestHub.Commit);
    }

    [Fact]
    public async Task A_pull_that_failed_is_no_snapshot_of_the_branch()
    {
        Publish();
        Hub.Before = (context, request) =>
        {
            if (request.Store)
                context.Response.StatusCode = 503;
            return Task.FromResult(request.Store);
        };
        await RefusedAsync();
        new HubCache(Cache).Snapshot(Repository).ShouldBeNull();
    }

    [Fact]
    public async Task Verify_mends_a_file_that_is_wrong()
    {
        Publish();
        await PullAsync();
        File.WriteAllText(Path.Combine(Cache, Root, "blobs", Abc), "abd");
        (await PullAsync()).ShouldAllBe(file => !file.Fetched);
        var pulled = await PullAsync(Settings, listing => new CacheTarget(Settings.Cache, listing), verify: true);
        pulled.Where(file => file.Fetched).Select(file => file.File.Path).ShouldBe(["model.safetensors"]);
        Pulled("model.safetensors").ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public async Task A_plain_folder_gets_plain_files_and_keeps_what_is_right()
    {
        Publish();
        Directory.CreateDirectory(Folder["plain"]);
        File.WriteAllText(Folder["plain/config.json"], "{}\n");
        File.WriteAllText(Folder["plain/model.safetensors"], "abd");
        var pulled = await PullAsync(Settings, _ => new FolderTarget(Folder["plain"]));
        pulled.Where(file => !file.Fetched).Select(file => file.File.Path).ShouldBe(["config.json"]);
        File.ReadAllText(Folder["plain/model.safetensors"]).ShouldBe("abc");
        File.ReadAllText(Folder["plain/sub/deeper/hello.txt"]).ShouldBe("hello\n");
        new FileInfo(Folder["plain/sub/deeper/hello.txt"]).LinkTarget.ShouldBeNull();
        Directory.Exists(Cache).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link_in_a_plain_folder()
    {
        Publish();
        Directory.CreateDirectory(Folder["plain"]);
        Directory.CreateDirectory(Folder["elsewhere"]);
        Directory.CreateSymbolicLink(Folder["plain/sub"], Folder["elsewhere"]);
        (await Should.ThrowAsync<MedicalGptException>(() => PullAsync(Settings, _ => new FolderTarget(Folder["plain"])))).Place.ShouldEndWith("sub");
        Directory.EnumerateFileSystemEntries(Folder["elsewhere"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        Hub.Add(Model, ("empty", HubContent.Text("")));
        await PullAsync();
        Pulled("empty").ShouldBeEmpty();
    }

    [Fact]
    public async Task Listings_of_many_pages_and_many_files_at_once_are_whole()
    {
        var files = Enumerable.Range(0, 30).Select(i => ($"data/part-{i:00}.bin", HubContent.Large(20_000 + (i * 1000), seed: i))).ToArray();
        Hub.Add(Model, files);
        Hub.PageSize = 7;
        (await PullAsync()).Count.ShouldBe(30);
        foreach (var (path, content) in files)
            Pulled(path).ShouldBe(content.Bytes);
        Hub.Requests.Count(request => request.Path.Contains("/tree/", StringComparison.Ordinal)).ShouldBe(5);
    }

    private void Publish() => Hub.Add(
        Model,
        ("config.json", HubContent.Text("{}\n")),
        ("model.safetensors", new HubContent("abc"u8.ToArray(), IsLarge: true)),
        ("sub/deeper/hello.txt", HubContent.Text("hello\n")));
}
