using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>Packed models through the program: quantize, the flags that pack while loading, merging into packed bases.</summary>
public sealed class QuantizeTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nf4", "--load_in_4bit")]
    [InlineData("int8", "--load_in_8bit")]
    public async Task A_packed_folder_is_what_the_flag_makes_while_loading(string type, string flag)
    {
        var report = JsonNode.Parse((await Medgpt.RunAsync("quantize", "--model", model.Folder, "--output-dir", _folder["packed"], "--type", type, "--json")).ShouldSucceed().Output)!;
        ((int)report["packed_layers"]!).ShouldBe(14);
        ((double)report["packed_megabytes"]!).ShouldBeLessThan((double)report["original_megabytes"]!);
        var (kl, tokens) = ((double)report["mean_kl"]!, (int)report["tokens"]!);
        tokens.ShouldBeGreaterThan(100);
        kl.ShouldBeInRange(1e-7, 0.5);
        // log of the ratio of perplexities is the mean difference of log-probabilities of the text, bounded by what KL is the mean of on typical text.
        Math.Log((double)report["packed_perplexity"]! / (double)report["original_perplexity"]!).ShouldBeInRange(-0.5, 0.5);

        var texts = _folder.Write("in.jsonl", "{\"text\": \"Take 5 mg of metformin daily.\"}\n");
        (await Medgpt.RunAsync("logprobs", "--model", _folder["packed"], "--input", texts, "--output", _folder["a.jsonl"])).ShouldSucceed();
        (await Medgpt.RunAsync("logprobs", "--model", model.Folder, flag, "--input", texts, "--output", _folder["b.jsonl"])).ShouldSucceed();
        (await Medgpt.RunAsync("logprobs", "--model", model.Folder, "--input", texts, "--output", _folder["c.jsonl"])).ShouldSucceed();
        var packed = await File.ReadAllTextAsync(_folder["a.jsonl"]);
        packed.ShouldBe(await File.ReadAllTextAsync(_folder["b.jsonl"]));
        packed.ShouldNotBe(await File.ReadAllTextAsync(_folder["c.jsonl"]));
        (await Medgpt.RunAsync("quantize", "--model", _folder["packed"], "--output-dir", _folder["twice"])).ShouldRefuse().ShouldContain("The model is packed already.");
    }

    [Fact]
    public async Task Merging_into_a_packed_base_writes_full_weights_and_says_so()
    {
        var golden = new GoldenCase("lora/all_linear_r8");
        var qwen = Path.Combine(Medgpt.Golden, "models/qwen2_tied/model");
        var input = golden.WriteBatch(_folder["in.safetensors"], "");
        (await Medgpt.RunAsync("quantize", "--model", qwen, "--output-dir", _folder["packed"])).ShouldSucceed().Output.ShouldContain("28 linear layers in nf4");
        var half = Directory.CreateDirectory(_folder["half"]).FullName;
        foreach (var file in Directory.GetFiles(golden["adapter"]))
            File.Copy(file, Path.Combine(half, Path.GetFileName(file)));
        var run = (await Medgpt.RunAsync("merge", "--model", _folder["packed"], "--adapter", golden["adapter"] + "=0.5", half + "=0.5", "--output", _folder["merged"])).ShouldSucceed();
        run.Output.ShouldContain("merged into its unpacked weights, which are written in full precision");
        run.Output.ShouldContain("largest difference of logits to the unmerged model on sample prompts");
        JsonNode.Parse(await File.ReadAllTextAsync(_folder["merged/config.json"]))!["quantization_config"].ShouldBeNull();
        (await Medgpt.RunAsync("logprobs", "--model", _folder["packed"], "--adapter", golden["adapter"], "--input", input, "--output", _folder["a.safetensors"])).ShouldSucceed();
        (await Medgpt.RunAsync("logprobs", "--model", _folder["merged"], "--input", input, "--output", _folder["b.safetensors"])).ShouldSucceed();
        GoldenCase.Near(TensorFile.Read(_folder["b.safetensors"]).Floats("logprobs"), TensorFile.Read(_folder["a.safetensors"]).Floats("logprobs"), golden.Tolerance("logits_atol"), "merged");
    }
}
