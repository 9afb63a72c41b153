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
}
