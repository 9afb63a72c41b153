using System.Globalization;
using System.Text.Json.Nodes;
using MedicalGpt.Hub.Tests.Support;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Hub.Tests;

/// <summary>The program itself, as a process of its own.</summary>
public sealed class ProgramTests : HubTest
{
    private const string Secret = "hf_verySecretToken";
    private const string Config = """{"architectures":["Qwen2ForCausalLM"],"model_type":"qwen2","hidden_size":8,"vocab_size":16}""";

    private Dictionary<string, string> Variables => new() { ["HF_ENDPOINT"] = Hub.Address.AbsoluteUri, ["HF_HOME"] = Folder["hf"], ["HF_TOKEN"] = Secret };

    private string HubCacheFolder => Path.Combine(Folder["hf"], "hub");

    [Fact]
    public async Task A_model_is_pulled_and_then_known_by_its_name()
    {
        Publish(300_000);
        var missing = await Medgpt.RunAsync(Variables, "model", "info", "clinic/tiny");
        missing.ExitCode.ShouldBe(2);
        missing.Errors.ShouldContain("medgpt model pull clinic/tiny");

        var pulled = await Medgpt.RunAsync(Variables, "model", "pull", "clinic/tiny", "--exclude", "*.safetensors");
        pulled.ExitCode.ShouldBe(0, pulled.Errors);
        pulled.Output.ShouldContain("licence: apache-2.0");
        pulled.Output.ShouldContain("use it with --model_name_or_path clinic/tiny");
        (pulled.Output + pulled.Errors).ShouldNotContain(Secret);

        var info = await Medgpt.RunAsync(Variables, "model", "info", "clinic/tiny", "--json");
        info.ExitCode.ShouldBe(0, info.Errors);
        var folder = new HubCache(HubCacheFolder).Snapshot(Repository);
        ((string?)JsonNode.Parse(info.Output)!["folder"]).ShouldBe(folder);

        var offline = await Medgpt.RunAsync(new Dictionary<string, string>(Variables) { ["HF_HUB_OFFLINE"] = "1", ["HF_ENDPOINT"] = "http://127.0.0.1:1" }, "model", "pull", "clinic/tiny", "--json");
        ((string?)JsonNode.Parse(offline.Output)!["folder"]).ShouldBe(folder);

        var elsewhere = await Medgpt.RunAsync(new Dictionary<string, string>(Variables) { ["HF_HUB_OFFLINE"] = "1" }, "model", "pull", "clinic/tiny", "--local-dir", Folder["plain"]);
        elsewhere.ExitCode.ShouldBe(2);
        elsewhere.Errors.ShouldStartWith("error: The hub may not be asked, so nothing is pulled into a folder.");
    }

    // A card is written by others, and a terminal obeys its escape sequences.
    [Fact]
    public async Task A_licence_does_not_reach_the_terminal_as_commands()
    {
        Publish(1000);
        Hub.Information = new JsonObject { ["cardData"] = new JsonObject { ["license"] = "mit\u001b[2J\r" + new string('x', 1000) } };
        var ended = await Medgpt.RunAsync(Variables, "model", "pull", "clinic/tiny", "--dry-run");
        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Output.ShouldContain("licence: mit[2J" + new string('x', 292) + " (as its card states)"); // of 300 letters two are no text
        ended.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_killed_pull_goes_on()
    {
        var content = Publish(70_000_000);
        Hub.Slowness = TimeSpan.FromMilliseconds(2);
        using (var process = Medgpt.Start(Variables, "model", "pull", "clinic/tiny"))
        {
            while (Hub.BytesSent < 20_000_000)
                await Task.Delay(5);
            process.Kill();
            await process.WaitForExitAsync();
        }

        new HubCache(HubCacheFolder).Snapshot(Repository).ShouldBeNull();
        Hub.Slowness = TimeSpan.Zero;
        var before = Hub.Requests.Count;
        var pulled = await Medgpt.RunAsync(Variables, "model", "pull", "clinic/tiny", "--json");
        pulled.ExitCode.ShouldBe(0, pulled.Errors);
        // At the kill, a part has at most 1 MiB that is not noted, and the sockets hold a few MB: of 20 MB most is kept.
        // What is asked for counts, not what is sent: the hub may still be writing to the process that is gone.
        Hub.Requests.Skip(before).Where(request => request.Store).Sum(request => Asked(request, content)).ShouldBeLessThan(60_000_000);
        File.ReadAllBytes(Path.Combine((string)JsonNode.Parse(pulled.Output)!["folder"]!, "model.safetensors")).AsSpan().SequenceEqual(content.Bytes).ShouldBeTrue();
        Directory.EnumerateFiles(HubCacheFolder, "*incomplete*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_programs_at_once_fetch_a_file_once()
    {
        var content = Publish(3_000_000);
        Hub.Slowness = TimeSpan.FromMilliseconds(15);
        using var first = Medgpt.Start(Variables, "model", "pull", "clinic/tiny");
        using var second = Medgpt.Start(Variables, "model", "pull", "clinic/tiny");
        foreach (var ended in await Task.WhenAll(Medgpt.EndAsync(first), Medgpt.EndAsync(second)))
            ended.ExitCode.ShouldBe(0, ended.Errors);
        Hub.Fetches().Count(request => request.Store).ShouldBe(1);
        File.ReadAllBytes(Path.Combine(new HubCache(HubCacheFolder).Snapshot(Repository)!, "model.safetensors")).AsSpan().SequenceEqual(content.Bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Errors_are_one_block_without_the_token()
    {
        Hub.Before = (context, _) =>
        {
            context.Response.StatusCode = 401;
            return Task.FromResult(true);
        };
        var ended = await Medgpt.RunAsync(Variables, "model", "pull", "clinic/tiny", "--verbose");
        ended.ExitCode.ShouldBe(2);
        ended.Errors.ShouldStartWith("error: The hub does not accept the access token.\n  place:   HF_TOKEN");
        ended.Errors.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_hub_that_cannot_be_reached_is_told_before_it_is_tried_again()
    {
        using var process = Medgpt.Start(new Dictionary<string, string>(Variables) { ["HF_ENDPOINT"] = "http://127.0.0.1:1" }, "data", "pull", "clinic/rows");
        var line = await process.StandardError.ReadLineAsync();
        process.Kill();
        await process.WaitForExitAsync();
        line!.ShouldMatch(@"^pull: http://127\.0\.0\.1:1/api/datasets/clinic/rows/\S+: .*refused.*; again in [\d.]+ s \(try 2 of 6\)$");
        line!.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Proxies_of_the_environment_are_used()
    {
        Publish(1000);
        var asked = new List<string>();
        Hub.Before = (context, request) =>
        {
            lock (asked)
                asked.Add(context.Request.Host.Host);
            return Task.FromResult(false);
        };
        var variables = new Dictionary<string, string>(Variables) { ["HF_ENDPOINT"] = "http://hub.example.invalid", ["http_proxy"] = Hub.Address.AbsoluteUri };
        (await Medgpt.RunAsync(variables, "model", "pull", "clinic/tiny", "--dry-run")).Errors.ShouldContain("not encrypted");
        var ended = await Medgpt.RunAsync(variables, "model", "pull", "clinic/tiny", "--dry-run", "--allow-http");
        ended.ExitCode.ShouldBe(0, ended.Errors);
        asked.ShouldAllBe(host => host == "hub.example.invalid");
        asked.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_dataset_is_pulled_by_configuration()
    {
        Hub.Add("datasets/clinic/rows", ("README.md", HubContent.Text("# rows\n")), ("finetune/train.jsonl", HubContent.Text("{}\n")), ("reward/train.jsonl", HubContent.Text("{}\n")), ("rows.py", HubContent.Text("")));
        var ended = await Medgpt.RunAsync(Variables, "data", "pull", "clinic/rows", "--config", "finetune", "--local-dir", Folder["rows"]);
        ended.ExitCode.ShouldBe(0, ended.Errors);
        Directory.EnumerateFiles(Folder["rows"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder["rows"], path)).Where(path => !path.StartsWith('.')).ShouldBe(["README.md", "finetune/train.jsonl"], ignoreOrder: true);
        ended.Output.ShouldContain($"use it with --dataset_name {Folder["rows"]}");
        (await Medgpt.RunAsync(Variables, "data", "pull", "clinic/rows", "--config", "finetune", "--include", "reward/*")).Errors.ShouldStartWith("error: The files are chosen twice.\n  place:   --config and --include\n  given:   finetune and reward/*\n");
    }

    [Fact]
    public async Task A_configuration_of_the_card_is_pulled_and_read()
    {
        const string Card = "---\nconfigs:\n- config_name: exams\n  data_files:\n  - {split: train, path: deep/a.jsonl}\n- config_name: notes\n  data_files: deep/b.jsonl\n---\n# rows\n";
        Hub.Add("datasets/clinic/rows", ("README.md", HubContent.Text(Card)), ("deep/a.jsonl", HubContent.Text("{\"text\":\"A\"}\n")), ("deep/b.jsonl", HubContent.Text("{\"text\":\"B\"}\n")), ("exams_old.jsonl", HubContent.Text("{\"text\":\"old\"}\n")));
        var dry = await Medgpt.RunAsync(Variables, "data", "pull", "clinic/rows", "--config", "exams", "--dry-run");
        dry.ExitCode.ShouldBe(0, dry.Errors);
        Directory.Exists(HubCacheFolder).ShouldBeFalse();
        dry.Output.ShouldContain("deep/a.jsonl");
        dry.Output.ShouldNotContain("exams_old.jsonl");

        var unknown = await Medgpt.RunAsync(Variables, "data", "pull", "clinic/rows", "--config", "exam");
        unknown.ExitCode.ShouldBe(2);
        unknown.Errors.ShouldContain("allowed: exams, notes\n  remedy:  did you mean 'exams'?");

        (await Medgpt.RunAsync(Variables, "data", "pull", "clinic/rows", "--config", "exams")).ExitCode.ShouldBe(0);
        var converted = await Medgpt.RunAsync(Variables, "data", "convert", "--dataset_name", "clinic/rows", "--dataset_config_name", "exams", "--output", Folder["out.jsonl"]);
        converted.ExitCode.ShouldBe(0, converted.Errors);
        File.ReadAllText(Folder["out.jsonl"]).ShouldBe("{\"text\":\"A\"}\n");
    }

    [Fact]
    public async Task A_card_that_cannot_be_read_does_not_keep_from_pulling()
    {
        Hub.Add("datasets/clinic/rows", ("README.md", HubContent.Text("---\nconfigs: [\n---\n")), ("exams/a.jsonl", HubContent.Text("{}\n")), ("b.jsonl", HubContent.Text("{}\n")));
        var ended = await Medgpt.RunAsync(Variables, "data", "pull", "clinic/rows", "--config", "exams", "--dry-run");
        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Output.ShouldContain("exams/a.jsonl");
        ended.Output.ShouldNotContain("b.jsonl\n");
        string.Join(' ', (ended.Output + ended.Errors).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).ShouldContain("--config is taken for a folder");

        var json = await Medgpt.RunAsync(Variables, "data", "pull", "clinic/rows", "--config", "exams", "--dry-run", "--json");
        JsonNode.Parse(json.Output).ShouldNotBeNull();
        json.Errors.ShouldContain("--config is taken for a folder");
    }

    private static long Asked(HubRequest request, HubContent content) =>
        request.Range?["bytes=".Length..].Split('-') is [var from, var to] ? long.Parse(to, CultureInfo.InvariantCulture) - long.Parse(from, CultureInfo.InvariantCulture) + 1 : content.Bytes.Length;

    private HubContent Publish(int size)
    {
        var content = HubContent.Large(size);
        Hub.Add(Model, ("config.json", HubContent.Text(Config)), ("model.safetensors", content));
        return content;
    }
}
