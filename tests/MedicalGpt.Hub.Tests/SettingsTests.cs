using MedicalGpt.Host.Hub;
using MedicalGpt.Hub.Tests.Support;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Hub.Tests;

/// <summary>The environment is read as the Python client reads it.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("HOME=/h", "/h/.cache/huggingface/hub")]
    [InlineData("HOME=/h XDG_CACHE_HOME=/x", "/x/huggingface/hub")]
    [InlineData("HOME=/h HF_HOME=~/hf", "/h/hf/hub")]
    [InlineData("HOME=/h DATA=/d HF_HOME=$DATA/hf", "/d/hf/hub")]
    [InlineData("HOME=/h DATA=/d HF_HOME=${DATA}hf", "/dhf/hub")]
    [InlineData("HOME=/h HF_HOME=/hf HUGGINGFACE_HUB_CACHE=/old", "/old")]
    [InlineData("HOME=/h HF_HOME=/hf HUGGINGFACE_HUB_CACHE=/old HF_HUB_CACHE=/new", "/new")]
    public void The_cache_folder(string environment, string expected) => HubCache.FromEnvironment(Variables(environment)).Root.ShouldBe(expected);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Offline(string text, bool expected) => HubSettings.FromEnvironment(name => name == "HF_HUB_OFFLINE" ? text : null).Offline.ShouldBe(expected);

    [Theory]
    [InlineData("", "https://huggingface.co/")]
    [InlineData("HF_ENDPOINT=https://mirror.example/hub/", "https://mirror.example/hub")]
    public void The_address(string environment, string expected) => HubSettings.FromEnvironment(Variables(environment)).Endpoint.AbsoluteUri.ShouldBe(expected);

    [Theory]
    [InlineData("mirror.example")]
    [InlineData("ftp://mirror.example")]
    [InlineData("https://user:password@mirror.example")]
    public void An_address_that_cannot_be_used_is_refused(string text)
    {
        var error = Should.Throw<MedicalGptException>(() => HubSettings.FromEnvironment(name => name == "HF_ENDPOINT" ? text : null));
        error.Place.ShouldBe("HF_ENDPOINT");
        error.ToBlock().ShouldNotContain("password@");
    }

    [Fact]
    public void The_token_comes_from_a_variable_or_a_file()
    {
        using var folder = new TemporaryFolder();
        Token($"HF_HOME={folder.Root}").ShouldBeNull();
        File.WriteAllText(folder["token"], "hf_file\n");
        Token($"HF_HOME={folder.Root}")!.Header.Parameter.ShouldBe("hf_file");
        Token($"HF_HOME={folder.Root} HUGGING_FACE_HUB_TOKEN=hf_old")!.Header.Parameter.ShouldBe("hf_old");
        Token($"HF_HOME={folder.Root} HUGGING_FACE_HUB_TOKEN=hf_old HF_TOKEN=hf_new")!.Header.Parameter.ShouldBe("hf_new");
        Token($"HF_HOME={folder.Root} HF_HUB_DISABLE_IMPLICIT_TOKEN=1").ShouldBeNull();
        File.WriteAllText(folder["other"], "hf_other");
        Token($"HF_HOME={folder.Root} HF_TOKEN_PATH={folder["other"]}")!.Header.Parameter.ShouldBe("hf_other");
        File.WriteAllText(folder["token"], "hf_one\nhf_two");
        Should.Throw<MedicalGptException>(() => Token($"HF_HOME={folder.Root}")).ToBlock().ShouldNotContain("hf_two");
    }

    [Theory]
    [InlineData("owner/name", true)]
    [InlineData("gpt2", true)]
    [InlineData("Qwen/Qwen2.5-0.5B", true)]
    [InlineData("a/b/c", false)]
    [InlineData("../x", false)]
    [InlineData("a--b/c", false)]
    [InlineData("a/b.git", false)]
    [InlineData("/etc", false)]
    [InlineData(".hidden/x", false)]
    [InlineData("a/..", false)]
    [InlineData("", false)]
    public void Names_of_repositories(string text, bool expected) => HubRepository.IsId(text).ShouldBe(expected);

    [Fact]
    public void A_snapshot_is_found_by_reference_and_by_commit_and_knows_its_repository()
    {
        using var folder = new TemporaryFolder();
        var (cache, repository, commit) = (new HubCache(folder.Root), HubRepository.Parse(HubRepositoryKind.Dataset, "clinic/rows"), new string('a', 40));
        cache.Snapshot(repository).ShouldBeNull();
        var snapshot = Directory.CreateDirectory(folder[$"datasets--clinic--rows/snapshots/{commit}"]).FullName;
        cache.Snapshot(repository).ShouldBeNull();
        Directory.CreateDirectory(folder["datasets--clinic--rows/refs/refs/pr"]);
        File.WriteAllText(folder["datasets--clinic--rows/refs/main"], commit + "\n");
        File.WriteAllText(folder["datasets--clinic--rows/refs/refs/pr/1"], commit);
        cache.Snapshot(repository).ShouldBe(snapshot);
        cache.Snapshot(repository, "refs/pr/1").ShouldBe(snapshot);
        cache.Snapshot(repository, commit).ShouldBe(snapshot);
        cache.Snapshot(repository, "../../../outside").ShouldBeNull();
        cache.Snapshot(HubRepository.Parse(HubRepositoryKind.Model, "clinic/rows")).ShouldBeNull();
        HubCache.RepositoryOf(snapshot + "/").ShouldBe(repository);
        HubCache.RepositoryOf(folder.Root).ShouldBeNull();
    }

    private static HubToken? Token(string environment) => HubSettings.FromEnvironment(Variables(environment)).Token;

    private static Func<string, string?> Variables(string environment)
    {
        var values = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return name => values.GetValueOrDefault(name);
    }
}
