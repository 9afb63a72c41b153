using System.Text.Json.Nodes;
using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Commands.Data;

/// <summary><c>data stats</c> and <c>data convert</c> of a dataset that is named instead of a path, as <c>train</c> and <c>data check</c> take it.</summary>
public sealed class NamedDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public NamedDatasetTests()
    {
        folder.Write("set/finetune/train.jsonl", """{"instruction":"What is gout?","input":"","output":"Arthritis."}""" + "\n");
        folder.Write("set/finetune/valid.jsonl", """{"instruction":"Held out?","input":"","output":"Yes."}""" + "\n");
        folder.Write("set/reward/train.jsonl", """{"question":"What is gout?","response_chosen":"Arthritis.","response_rejected":"A bone."}""" + "\n");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("finetune", "train", "1 dialogues")]
    [InlineData("reward", "train", "1 preference pairs")]
    public async Task Stats_find_out_what_a_configuration_holds(string configuration, string split, string counts)
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "stats", "--dataset-name", folder["set"], "--dataset-config-name", configuration, "--split", split)).ShouldBe(0);
        host.Terminal.Text.ShouldContain(counts);
    }

    [Theory]
    [InlineData("finetune", "validation", """{"conversations":[{"from":"human","value":"Held out?"},{"from":"gpt","value":"Yes."}]}""")]
    [InlineData("reward", "train", """{"conversations":[{"from":"human","value":"What is gout?"}],"chosen":"Arthritis.","rejected":"A bone."}""")]
    public async Task A_split_of_a_configuration_is_converted(string configuration, string split, string line)
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "convert", "--dataset-name", folder["set"], "--dataset-config-name", configuration, "--split", split, "--output", folder["out.jsonl"])).ShouldBe(0);
        (await File.ReadAllLinesAsync(folder["out.jsonl"])).ShouldBe([line]);
    }

    [Fact]
    public async Task A_plugins_dataset_is_converted_with_its_own_options()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "convert", "--dataset-name", "medical-quickstart", "--dataset-config-name", "sft", "--max-samples", "3", "--output", folder["out.jsonl"])).ShouldBe(0);
        var lines = await File.ReadAllLinesAsync(folder["out.jsonl"]);
        lines.Length.ShouldBe(3);
        lines.ShouldAllBe(line => JsonNode.Parse(line)!["conversations"]!.AsArray().Count >= 2);
    }

    [Fact]
    public async Task Check_takes_the_configuration_under_trains_name_and_finds_out_its_kind()
    {
        folder.Write("set/other/train.jsonl", """{"question":"q","response_chosen":"c","response_rejected":"r"}""" + "\n");
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "check", "--dataset-name", folder["set"], "--dataset-config-name", "other")).ShouldBe(0);
        host.Terminal.Text.ShouldContain("1 preference pairs");
    }

    [Theory]
    [InlineData("clinic")]
    [InlineData("clinic:sft")]
    public async Task Held_out_rows_of_a_configuration_are_those_of_the_splits_it_has(string heldOut)
    {
        foreach (var split in new[] { "train", "test" }) // and none of the split validation
            folder.Write($"set/clinic/{split}.jsonl", """{"instruction":"What is gout?","input":"","output":"Arthritis."}""" + "\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "check", "--dataset-name", folder["set"], "--sources", "clinic:sft", "--held-out", heldOut)).ShouldContain("1 training rows hold 1 of 1 held-out prompts");
        (await host.RefusedAsync("data", "check", "--dataset-name", folder["set"], "--sources", "finetune:sft", "--held-out", "reward:preference")).ShouldBe("error: The dataset has no held-out rows in this configuration.\n  place:   --held-out\n  given:   reward:preference\n  allowed: a configuration with rows of the split validation or test\n  remedy:  name a file of held-out rows, or leave it out");
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("convert")]
    public async Task A_path_has_no_configuration_and_no_split(string command)
    {
        await using var host = await TestHost.StartAsync();
        string[] line = ["data", command, folder["set/finetune"], .. command == "convert" ? new[] { "--output", folder["out.jsonl"] } : []];
        (await host.RefusedAsync([.. line, "--split", "validation"])).ShouldBe("error: A configuration or split is named, but no dataset that it is of.\n  place:   --dataset-config-name and --split\n  given:   --split validation beside --input\n  allowed: --dataset-name with them, or --input without\n  remedy:  name the dataset instead of the path, or leave them out");
        (await host.RefusedAsync([.. line, "--dataset-config-name", "reward"])).ShouldContain("given:   --dataset-config-name reward beside --input");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("stats")]
    public async Task Templates_and_lengths_need_a_tokenizer(string command)
    {
        await using var host = await TestHost.StartAsync();
        string[] options = ["--template_name", "vicuna", "--tool_format", "qwen", "--template_kwargs.a=b", .. command == "check" ? new[] { "--max-length", "9" } : []];
        var block = await host.RefusedAsync(["data", command, folder["set/finetune"], .. options]);
        foreach (var key in new[] { "template-name", "tool-format", "template-kwargs" }.Concat(command == "check" ? ["max-length"] : []))
            block.ShouldContain($"--{key}: it has no effect without a tokenizer; give one (--tokenizer DIR), or leave it out");
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("convert")]
    public async Task Rows_are_named_once(string command)
    {
        await using var host = await TestHost.StartAsync();
        string[] output = command == "convert" ? ["--output", folder["out.jsonl"]] : [];
        (await host.RefusedAsync(["data", command, folder["set"], "--dataset-name", folder["set"], .. output])).ShouldStartWith("error: The rows are named twice.");
        (await host.RefusedAsync(["data", command, .. output])).ShouldStartWith("error: No rows are named.");
    }

    [Fact]
    public async Task An_output_never_takes_the_place_of_what_it_is_made_from()
    {
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "convert", folder["set"], "--output", folder["set/finetune/out.jsonl"])).ShouldBe($"error: The output would replace the input, or be read as a part of it the next time.\n  place:   {folder["set/finetune/out.jsonl"]}\n  given:   the input is {folder["set"]}\n  remedy:  name a file outside it");
        (await host.RefusedAsync("data", "convert", folder["set/finetune"], "--output", folder["out.jsonl"], "--validation-output", folder["out.jsonl"], "--overwrite")).ShouldStartWith("error: Held-out rows would replace the others.");
        string[] named = ["data", "convert", "--dataset-name", folder["set"], "--dataset-config-name", "finetune"];
        (await host.RefusedAsync([.. named, "--output", folder["set/finetune/out.jsonl"]])).ShouldBe($"error: The output would replace the input, or be read as a part of it the next time.\n  place:   {folder["set/finetune/out.jsonl"]}\n  given:   the input is {folder["set"]}\n  remedy:  name a file outside it");
        (await host.RefusedAsync([.. named, "--output", folder["out.jsonl"], "--validation-output", folder["set/held.jsonl"]])).ShouldContain($"place:   {folder["set/held.jsonl"]}");
        File.Exists(folder["out.jsonl"]).ShouldBeFalse();
        (await host.RefusedAsync("data", "convert", folder["set/finetune"], "--output", folder["set/reward"])).ShouldBe($"error: The output is a folder.\n  place:   {folder["set/reward"]}\n  allowed: a file\n  remedy:  name a file, for example train.jsonl in it");
    }

    [Fact]
    public async Task Labelled_answers_and_names_survive()
    {
        var input = folder.Write("in.jsonl",
            """{"prompt":"q","completion":"a","label":true}""" + "\n" + """{"prompt":"q","completion":"b","label":false}""" + "\n");
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "convert", input, "--output", folder["out.jsonl"])).ShouldBe(0);
        var lines = await File.ReadAllLinesAsync(folder["out.jsonl"]);
        lines.ShouldBe(["""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"label":true}""", """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"b"}],"label":false}"""]);
        (await host.RunAsync("data", "convert", folder["out.jsonl"], "--output", folder["again.jsonl"])).ShouldBe(0);
        (await File.ReadAllLinesAsync(folder["again.jsonl"])).ShouldBe(lines);

        var named = folder.Write("named.jsonl", """{"messages":[{"role":"user","name":"Ann","content":"q"},{"role":"assistant","content":"a"}]}""" + "\n");
        (await host.RunAsync("data", "convert", named, "--output", folder["named.out.jsonl"])).ShouldBe(0);
        (await File.ReadAllTextAsync(folder["named.out.jsonl"])).ShouldContain("""{"from":"human","value":"q","name":"Ann"}""");
    }
}
