using System.Text.Json.Nodes;
using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.Commands.Data;

/// <summary><c>data check</c>, <c>data stats</c> and <c>data convert</c> as a user types them.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_of_several_kinds_is_checked_without_a_word_about_kinds()
    {
        folder.Write("rows/chat.jsonl", Chat("What is gout?", "Arthritis.") + Chat("What is asthma?", "A disease."));
        folder.Write("rows/pairs.jsonl", """{"prompt": "Dose?", "chosen": "five mg", "rejected": "six"}""" + "\n");
        folder.Write("rows/book.txt", "Gout is arthritis.\n");
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "check", folder["rows"], "--json", "true")).ShouldBe(0);
        var json = JsonNode.Parse(host.Terminal.Text)!;
        json["rows"]!.GetValue<long>().ShouldBe(4);
        json["errors"]!.GetValue<int>().ShouldBe(0);
        json["sources"]!.AsArray().Select(source => (Path.GetFileName(source!["name"]!.GetValue<string>()), source["kinds"]!.ToJsonString())).ShouldBe([("book.txt", """{"texts":1}"""), ("chat.jsonl", """{"dialogues":2}"""), ("pairs.jsonl", """{"preference pairs":1}""")]);
        // "What is gout?" 13, "Arthritis." 10, "What is asthma?" 15, "A disease." 10.
        json["sources"]![1]!["characters"]!["sum"]!.GetValue<long>().ShouldBe(48);
    }

    [Fact]
    public async Task A_folder_of_several_kinds_is_not_written_into_one_file()
    {
        folder.Write("rows/chat.jsonl", Chat("What is gout?", "Arthritis."));
        folder.Write("rows/pairs.jsonl", """{"prompt": "Dose?", "chosen": "five mg", "rejected": "six"}""" + "\n");
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync("data", "convert", folder["rows"], "--output", folder["out.jsonl"]);
        block.ShouldStartWith("error: The folder has rows of several kinds, and one file holds rows of one kind.");
        block.ShouldContain("given:   conversation: chat.jsonl; preference: pairs.jsonl\n");
        block.ShouldContain($"{folder["rows"]}:conversation");
        File.Exists(folder["out.jsonl"]).ShouldBeFalse();
    }

    [Fact]
    public async Task What_files_are_called_does_not_reach_the_terminal_as_commands()
    {
        folder.Write("rows\u001b[2J\u202e/chat.jsonl", Chat("What is gout?", "Arthritis."));
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "check", folder["rows\u001b[2J\u202e"])).ShouldBe(0);
        host.Terminal.Text.ShouldContain("rows\uFFFD[2J\uFFFD");
        host.Terminal.Text.ShouldNotContain("\u001b[2J");
        await using var errors = new StringWriter();
        MedicalGpt.Host.CommandLine.ErrorPrinter.Print(new MedicalGptException("No.") { Given = "a\u009b2J\tb\u202e" }, false, errors);
        errors.ToString().ShouldBe("error: No.\n  given:   a\uFFFD2J\tb\uFFFD\n");
    }

    [Fact]
    public async Task Errors_come_as_one_block_with_the_place()
    {
        var train = folder.Write("train.jsonl", Chat("What is gout?", "Arthritis.") + "{broken\n" + Chat("x", "y"));
        var held = folder.Write("held.jsonl", """{"question": "what is GOUT", "answer": "arthritis"}""" + "\n");
        await using var host = await TestHost.StartAsync();
        var block = await host.RefusedAsync("data", "check", train, "--held-out", held);
        block.ShouldStartWith("error: The rows have faults.");
        block.ShouldContain($"{train}:2");
        block.ShouldContain("1 training rows hold 1 of 1 held-out prompts");
        block.ShouldContain("1 rows cannot be used");
        host.Terminal.Text.ShouldContain("3 errors, 0 warnings".Replace("3", "2"));
    }

    [Fact]
    public async Task Warnings_fail_only_where_it_is_strict()
    {
        var train = folder.Write("train.jsonl", Chat("a", "b") + Chat("a", "b"));
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "check", train)).ShouldBe(0);
        host.Terminal.Text.ShouldContain("warning 1 rows repeat an earlier row word for word");
        host.Terminal.Text.ShouldContain($"{train}:2 (repeats line 1)");
        (await host.RefusedAsync("data", "check", train, "--strict")).ShouldContain("1 rows repeat");
    }

    [Fact]
    public async Task Files_without_a_known_shape_are_an_error_that_says_what_they_have()
    {
        folder.Write("rows/a.jsonl", Chat("a", "b"));
        folder.Write("rows/b.jsonl", """{"persona": "nurse"}""" + "\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "check", folder["rows"])).ShouldContain("1 files have rows of no known shape");
        host.Terminal.Text.ShouldContain("the columns persona");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("messages")]
    public async Task Converted_rows_are_the_same_rows(string form)
    {
        var input = folder.Write("in.jsonl",
            """{"instruction": "问", "input": "什么是痛风？", "output": "关节炎"}""" + "\n" +
            """{"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "u"}, {"from": "function_call", "value": "{\"name\": \"f\", \"arguments\": {\"a\": 1}}"}, {"from": "observation", "value": "o"}, {"from": "gpt", "value": "g"}], "tools": "[{\"name\": \"f\"}]"}""" + "\n");
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "convert", input, "--output", folder["once.jsonl"], "--to", form)).ShouldBe(0);
        (await host.RunAsync("data", "convert", folder["once.jsonl"], "--output", folder["twice.jsonl"], "--to", form)).ShouldBe(0);
        var lines = await File.ReadAllLinesAsync(folder["once.jsonl"]);
        lines.Length.ShouldBe(2);
        (await File.ReadAllLinesAsync(folder["twice.jsonl"])).ShouldBe(lines);
        if (form == "auto")
            lines[1].ShouldStartWith("""{"conversations":[{"from":"system","value":"s"},{"from":"human","value":"u"},{"from":"function_call","value":"{\"name\":\"f\",\"arguments\":{\"a\":1}}"},{"from":"observation","value":"o"},{"from":"gpt","value":"g"}],"tools":""");
    }

    [Fact]
    public async Task Repetitions_go_personal_data_is_masked_and_rows_are_held_out()
    {
        var input = folder.Write("in.jsonl", string.Concat(Enumerable.Range(0, 100).Select(i => Chat($"question {i % 80}", $"call 1381234{i % 80:0000}"))));
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "convert", input, "--output", folder["train.jsonl"], "--validation-output", folder["held.jsonl"], "--validation-split-percentage", "20", "--dedupe", "exact", "--mask-personal-data")).ShouldBe(0);
        var (train, held) = (await File.ReadAllLinesAsync(folder["train.jsonl"]), await File.ReadAllLinesAsync(folder["held.jsonl"]));
        (train.Length + held.Length).ShouldBe(80);
        held.Length.ShouldBeInRange(4, 30); // 16 ± 3.6
        train.Concat(held).ShouldAllBe(line => line.Contains("[PHONE]"));
        train.Intersect(held).ShouldBeEmpty();
        host.Terminal.Text.ShouldContain("20 repetitions left out, 80 rows masked");
    }

    [Fact]
    public async Task A_bad_row_leaves_no_half_output()
    {
        var input = folder.Write("in.jsonl", Chat("a", "b") + "{broken\n");
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "convert", input, "--output", folder["out.jsonl"])).ShouldContain($"{input}:2");
        Directory.EnumerateFiles(folder.Root).Select(Path.GetFileName).ShouldBe(["in.jsonl"]);
        (await host.RunAsync("data", "convert", input, "--output", folder["out.jsonl"], "--on-bad-row", "skip")).ShouldBe(0);
        (await host.RefusedAsync("data", "convert", input, "--output", folder["out.jsonl"], "--on-bad-row", "skip")).ShouldContain("The output exists.");
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.Parquet")]
    [InlineData("out.jsonl.gz")]
    public async Task A_name_of_another_format_is_refused(string name)
    {
        var input = folder.Write("in.jsonl", Chat("a", "b"));
        await using var host = await TestHost.StartAsync();
        (await host.RefusedAsync("data", "convert", input, "--output", folder[name])).ShouldBe($"error: The output's name stands for another format than the one that is written.\n  place:   {folder[name]}\n  allowed: JSONL: a name that ends in .jsonl\n  remedy:  name it out.jsonl");
        (await host.RefusedAsync("data", "convert", input, "--output", folder["out.jsonl"], "--validation-output", folder[name])).ShouldContain("another format");
        Directory.EnumerateFiles(folder.Root).Select(Path.GetFileName).ShouldBe(["in.jsonl"]);
    }

    [Fact]
    public async Task Stats_count_turns_and_judge_nothing()
    {
        var input = folder.Write("in.jsonl", Chat("a", "b") + Chat("a", "b"));
        await using var host = await TestHost.StartAsync();
        (await host.RunAsync("data", "stats", input)).ShouldBe(0);
        host.Terminal.Text.ShouldContain("2 dialogues; turns: 2 assistant, 2 user");
        host.Terminal.Text.ShouldNotContain("warning");
    }

    private static string Chat(string question, string answer) => new JsonObject { ["conversations"] = new JsonArray(new JsonObject { ["from"] = "human", ["value"] = question }, new JsonObject { ["from"] = "gpt", ["value"] = answer }) }.ToJsonString() + "\n";
}
