using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary><c>tokenizer train</c>, <c>model init</c> and <c>model info</c>: what a pipeline starts with.</summary>
public sealed class NewModelTests
{
    [Fact]
    public async Task A_tokenizer_and_a_model_of_its_vocabulary()
    {
        using var folder = new TemporaryFolder();
        var text = folder.Write("corpus.txt", string.Join('\n', Enumerable.Range(0, 50).Select(i => $"Take {i} mg of metformin daily. 每天服用 {i} 毫克二甲双胍。")));
        (await Medgpt.RunAsync("tokenizer", "train", "--train-file-dir", text, "--vocab-size", "300", "--output-dir", folder["tokenizer"])).ShouldSucceed();
        (await Medgpt.RunAsync("model", "init", "--tokenizer", folder["tokenizer"], "--output-dir", folder["model"], "--hidden-size", "32", "--layers", "2", "--seed", "7")).ShouldSucceed();
        var info = JsonNode.Parse((await Medgpt.RunAsync("model", "info", folder["model"], "--json")).ShouldSucceed().Output)!;
        ((string?)info["architecture"]).ShouldBe("Qwen2ForCausalLM");
        ((int)info["vocab_size"]!).ShouldBe(300);
        ((int)info["tokenizer_vocabulary"]!).ShouldBe(300);
        // Embedding 300·32; a layer: q 32·32+32, k and v 2·(16·32+16), o 32·32, MLP 3·32·384, two norms 64; last norm 32.
        ((long)info["parameters"]!).ShouldBe(300 * 32 + 2 * (32 * 32 + 32 + 2 * (16 * 32 + 16) + 32 * 32 + 3 * 32 * 384 + 64) + 32);
        // <|im_end|> ends answers; the special tokens take the last ids.
        info["stop_token_ids"]!.AsArray().Select(id => (int)id!).ShouldContain(299);

        (await Medgpt.RunAsync("model", "init", "--tokenizer", folder["tokenizer"], "--output-dir", folder["same"], "--hidden-size", "32", "--layers", "2", "--seed", "7")).ShouldSucceed();
        File.ReadAllBytes(Path.Combine(folder["same"], "model.safetensors")).ShouldBe(File.ReadAllBytes(Path.Combine(folder["model"], "model.safetensors")));
    }

    [Fact]
    public async Task A_model_in_the_place_of_another_brings_its_own_tokenizer()
    {
        using var folder = new TemporaryFolder();
        var text = folder.Write("corpus.txt", string.Join('\n', Enumerable.Range(0, 50).Select(i => $"Take {i} mg of metformin daily. 每天服用 {i} 毫克二甲双胍。")));
        foreach (var size in new[] { "280", "300" })
            (await Medgpt.RunAsync("tokenizer", "train", "--train-file-dir", text, "--vocab-size", size, "--output-dir", folder[size])).ShouldSucceed();
        File.WriteAllText(Path.Combine(folder["300"], "chat_template.jinja"), "{{ messages[0].content }}");
        foreach (var size in new[] { "300", "280" })
            (await Medgpt.RunAsync("model", "init", "--tokenizer", folder[size], "--output-dir", folder["model"], "--hidden-size", "32", "--layers", "2")).ShouldSucceed();
        ShouldHaveTokenizer("model");

        Directory.Move(folder["model"], folder["small"]);
        foreach (var command in new string[][] { ["merge", "--model", folder["small"], "--adapter", folder["small"]], ["merge", "--max-shard-size", "50KB", "--model", folder["small"], "--adapter", folder["small"]], ["quantize", "--max-tokens", "0", "--model", folder["small"]] })
        {
            (await Medgpt.RunAsync("model", "init", "--tokenizer", folder["300"], "--output-dir", folder["result"], "--hidden-size", "32", "--layers", "2")).ShouldSucceed();
            (await Medgpt.RunAsync([.. command, "--output-dir", folder["result"]])).ShouldSucceed();
            ShouldHaveTokenizer("result");
        }

        // A tokenizer and its model in one folder.
        (await Medgpt.RunAsync("model", "init", "--tokenizer", folder["280"], "--output-dir", folder["280"] + "/", "--hidden-size", "32", "--layers", "2")).ShouldSucceed();
        ShouldHaveTokenizer("280");

        void ShouldHaveTokenizer(string model)
        {
            File.ReadAllBytes(Path.Combine(folder[model], "tokenizer.json")).ShouldBe(File.ReadAllBytes(Path.Combine(folder["280"], "tokenizer.json")));
            File.Exists(Path.Combine(folder[model], "chat_template.jinja")).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_vocabulary_below_the_tokenizer_is_refused()
    {
        using var folder = new TemporaryFolder();
        var block = (await Medgpt.RunAsync("model", "init", "--tokenizer", Path.Combine(Medgpt.Golden, "trainers", "sft_full", "tokenizer"), "--vocab-size", "5", "--output-dir", folder["model"])).ShouldRefuse();
        block.ShouldStartWith("error: The vocabulary is smaller than the tokenizer's.\n  place:   --vocab-size\n  given:   5\n  allowed: ");
    }

    [Fact]
    public async Task Every_wrong_option_is_told_at_once()
    {
        var block = (await Medgpt.RunAsync("model", "init", "--hidden-size", "0", "--seeed", "3")).ShouldRefuse();
        block.ShouldContain("--seed");
        block.ShouldContain("output");
        block.ShouldContain("hidden");
    }

    [Fact]
    public async Task A_missing_folder()
    {
        var block = (await Medgpt.RunAsync("model", "info", "/nowhere/model")).ShouldRefuse();
        block.ShouldBe("error: The model folder does not exist.\n  place:   /nowhere/model\n  remedy:  give the folder that holds config.json, or adapter_config.json for an adapter");
    }

    [Theory]
    [InlineData("tiny-llama", "LlamaForCausalLM")]
    [InlineData("tiny-mistral", "MistralForCausalLM")]
    [InlineData("tiny-gemma2", "Gemma2ForCausalLM")]
    [InlineData("tiny-gemma3", "Gemma3ForCausalLM")]
    [InlineData("tiny-phi3", "Phi3ForCausalLM")]
    public async Task A_known_shape_of_every_family_learns_with_an_adapter(string shape, string architecture)
    {
        using var folder = new TemporaryFolder();
        var tokenizer = Path.Combine(Medgpt.Golden, "trainers", "sft_full", "tokenizer");
        (await Medgpt.RunAsync("model", "init", "--shape", shape, "--tokenizer", tokenizer, "--hidden-size", "32", "--layers", "3", "--dtype", "bf16", "--max-shard-size", "40KB", "--output-dir", folder["model"])).ShouldSucceed();
        File.Exists(folder["model/model.safetensors.index.json"]).ShouldBeTrue();
        var info = JsonNode.Parse((await Medgpt.RunAsync("model", "info", folder["model"], "--json")).ShouldSucceed().Output)!;
        ((string?)info["architecture"]).ShouldBe(architecture);
        ((string?)info["dtype"]).ShouldBe("bfloat16");
        var parameters = (long)info["parameters"]!;
        ((long)info["parameters_by_type"]!["BF16"]!).ShouldBe(parameters);
        ((long)info["memory_bytes"]!["fp32"]!).ShouldBe(4 * parameters);
        ((long)info["training_without_activations_bytes"]!["full"]!).ShouldBe(16 * parameters);

        var rows = folder.Write("rows.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(i => $$"""{"input_ids": [5, 6, {{7 + i}}, 8, 1], "labels": [-100, 6, {{7 + i}}, 8, 1]}""")));
        (await Medgpt.RunAsync("train", "sft", "--model_name_or_path", folder["model"], "--train_file_dir", rows, "--output_dir", folder["run"], "--max_steps", "2", "--learning_rate", "1e-2",
            "--per_device_train_batch_size", "4", "--gradient_checkpointing", "true", "--logging_steps", "1")).ShouldSucceed();
        var losses = File.ReadLines(folder["run/metrics.jsonl"]).Select(l => JsonNode.Parse(l)!["loss"]).Where(l => l is not null).Select(l => (double)l!).ToArray();
        losses.Length.ShouldBe(2);
        losses.ShouldAllBe(l => double.IsFinite(l) && l > 0);
        File.Exists(folder["run/adapter_model.safetensors"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_shape_that_is_not_known_lists_them_all()
    {
        using var folder = new TemporaryFolder();
        var block = (await Medgpt.RunAsync("model", "init", "--shape", "qwen2.5-0.6b", "--output-dir", folder["model"])).ShouldRefuse();
        block.ShouldStartWith("error: The shape is not known.\n  place:   --shape\n  given:   qwen2.5-0.6b\n  allowed: tiny-gemma2, gemma-2-2b, ");
        block.ShouldContain("qwen2.5-0.5b");
        (await Medgpt.RunAsync("model", "init", "--shape", "tiny-llama", "--max-shard-size", "5 apples", "--output-dir", folder["model"])).ShouldRefuse()
            .ShouldStartWith("error: The size is not understood.\n  place:   --max-shard-size\n  given:   5 apples");
        Directory.Exists(folder["model"]).ShouldBeFalse();
    }
}
