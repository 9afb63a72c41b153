using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary><c>tokenizer extend</c> with a model, and <c>tokenizer train</c>'s special tokens.</summary>
public sealed class TokenizerExtendTests
{
    private const string Corpus = "Take 5 mg of metformin daily. 每天服用二甲双胍。";

    [Theory]
    [InlineData("true", "model.embed_tokens.weight")]
    [InlineData("false", "model.embed_tokens.weight,lm_head.weight")]
    public async Task New_rows_are_means_old_ones_stay_and_so_do_greedy_answers(string tied, string names)
    {
        using var folder = new TemporaryFolder();
        var text = folder.Write("corpus.txt", string.Join('\n', Enumerable.Repeat(Corpus, 40)));
        (await Medgpt.RunAsync("tokenizer", "train", "--train-file-dir", text, "--vocab-size", "300", "--output-dir", folder["tokenizer"])).ShouldSucceed();
        (await Medgpt.RunAsync("model", "init", "--tokenizer", folder["tokenizer"], "--output-dir", folder["model"], "--hidden-size", "32", "--layers", "2", "--initializer-range", "0.3", "--seed", "3", "--tie-word-embeddings", tied)).ShouldSucceed();
        var words = folder.Write("words.txt", "阿司匹林\t120\nclopidogrel\n阿司匹林\n");
        string[] extend = ["tokenizer", "extend", "--model", folder["model"], "--words", words, "--output-dir"];
        (await Medgpt.RunAsync([.. extend, folder["extended"]])).ShouldSucceed().Output.ShouldContain("2 tokens added");
        (await Medgpt.RunAsync([.. extend, folder["again"]])).ShouldSucceed();
        foreach (var file in Directory.GetFiles(folder["extended"]))
            File.ReadAllBytes(Path.Combine(folder["again"], Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file));

        var size = (int)JsonNode.Parse(File.ReadAllText(Path.Combine(folder["model"], "config.json")))!["vocab_size"]!;
        ((int)JsonNode.Parse(File.ReadAllText(Path.Combine(folder["extended"], "config.json")))!["vocab_size"]!).ShouldBe(size + 2);
        var strings = folder.Write("strings.json", "[\"阿司匹林\",\"clopidogrel\",\"服用阿司匹林后\",\"Take 5 mg\"]");
        var before = await TokenizeAsync(folder, folder["model"], strings);
        var after = await TokenizeAsync(folder, folder["extended"], strings);
        after[0].ShouldBe([size]);
        after[1].ShouldBe([size + 1]);
        after[2].ShouldContain(size);
        after[3].ShouldBe(before[3]);
        CheckWeights(folder, names.Split(','), size, [before[0], before[1]]);

        var prompts = folder.Write("prompts.jsonl", "{\"prompt\":\"Take 5 mg?\"}\n{\"prompt\":\"二甲双胍？\"}\n");
        (await AnswersAsync(folder, folder["extended"], prompts)).ShouldBe(await AnswersAsync(folder, folder["model"], prompts));
    }

    [Fact]
    public async Task A_second_tokenizer_gives_words_and_special_tokens_can_be_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["texts"]);
        File.WriteAllText(Path.Combine(folder["texts"], "a.txt"), string.Join('\n', Enumerable.Repeat(Corpus, 40)));
        File.WriteAllText(Path.Combine(folder["texts"], "b.jsonl"), string.Join('\n', Enumerable.Repeat("{\"text\":\"clopidogrel 75 mg\"}", 40)));
        (await Medgpt.RunAsync("tokenizer", "train", "--train-file-dir", folder["texts"], "--vocab-size", "400", "--special-tokens", "<pad>", "<end>", "<think>", "--eos-token", "<end>", "--output-dir", folder["domain"])).ShouldSucceed();
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["domain"], "tokenizer_config.json")))!;
        ((string?)config["eos_token"]).ShouldBe("<end>");
        ((string?)config["pad_token"]).ShouldBe("<pad>");
        var general = folder.Write("general.txt", "nothing medical here\n");
        (await Medgpt.RunAsync("tokenizer", "train", "--train-file-dir", general, "--vocab-size", "262", "--output-dir", folder["general"])).ShouldSucceed();
        (await Medgpt.RunAsync("tokenizer", "extend", "--tokenizer", folder["general"], "--from", folder["domain"], "--output-dir", folder["out"])).ShouldSucceed();
        var ids = await TokenizeAsync(folder, folder["out"], folder.Write("strings.json", "[\"clopidogrel\",\"二甲双胍\"]"));
        ids[0].Length.ShouldBe(1);
        ids[1].Length.ShouldBeLessThan((await TokenizeAsync(folder, folder["general"], folder["strings.json"]))[1].Length);
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        using var folder = new TemporaryFolder();
        (await Medgpt.RunAsync("tokenizer", "extend", "--output-dir", folder["out"])).ShouldRefuse().ShouldContain("give --tokenizer DIR, or --model DIR");
        (await Medgpt.RunAsync("tokenizer", "extend", "--tokenizer", folder["t"], "--output-dir", folder["out"])).ShouldRefuse().ShouldContain("give --words FILE");
        (await Medgpt.RunAsync("tokenizer", "extend", "--tokenizer", folder["out"], "--from", folder["t"], "--output-dir", folder["out"])).ShouldRefuse().ShouldContain("name another folder");
    }

    private static void CheckWeights(TemporaryFolder folder, string[] names, int size, int[][] pieces)
    {
        var (old, grown) = (TensorFile.Read(Path.Combine(folder["model"], "model.safetensors")), TensorFile.Read(Path.Combine(folder["extended"], "model.safetensors")));
        grown.Names.Order(StringComparer.Ordinal).ShouldBe(old.Names.Order(StringComparer.Ordinal));
        foreach (var name in old.Names.Except(names))
            grown.Floats(name).ShouldBe(old.Floats(name));
        foreach (var name in names)
        {
            var (rows, more) = (old.Floats(name), grown.Floats(name));
            grown.Shape(name).ShouldBe([size + 2, 32]);
            more[..rows.Length].ShouldBe(rows);
            for (var token = 0; token < 2; token++)
                for (var column = 0; column < 32; column++)
                    more[((size + token) * 32) + column].ShouldBe((float)pieces[token].Average(piece => (double)rows[(piece * 32) + column]), 1e-7f);
        }
    }

    private static async Task<int[][]> TokenizeAsync(TemporaryFolder folder, string tokenizer, string strings)
    {
        (await Medgpt.RunAsync("tokenize", "--tokenizer", tokenizer, "--input", strings, "--output", folder["tokens.json"])).ShouldSucceed();
        return [.. JsonNode.Parse(File.ReadAllText(folder["tokens.json"]))!.AsArray().Select(row => row!["ids"]!.AsArray().Select(id => (int)id!).ToArray())];
    }

    private static async Task<string> AnswersAsync(TemporaryFolder folder, string model, string prompts)
    {
        (await Medgpt.RunAsync("generate", "--model", model, "--input", prompts, "--output", folder["answers.jsonl"], "--temperature", "0", "--max-new-tokens", "16")).ShouldSucceed();
        return File.ReadAllText(folder["answers.jsonl"]);
    }
}
