namespace MedicalGpt.EndToEnd.Tests;

/// <summary>The inference commands as processes, against the numbers of transformers and PEFT.</summary>
public sealed class ParityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("qwen2_tied", "left_")]
    [InlineData("qwen2_tied", "right_")]
    [InlineData("qwen2_untied_sharded", "left_")]
    [InlineData("qwen2_untied_sharded", "right_")]
    public async Task Logprobs_and_logits(string name, string side)
    {
        var golden = new GoldenCase($"models/{name}");
        (await Medgpt.RunAsync("logprobs", "--model", golden["model"], "--input", golden.WriteBatch(_folder["in.safetensors"], side), "--output", _folder["out.safetensors"], "--logits", "--batch-size", "2")).ShouldSucceed();
        CompareLogProbs(golden, side, side + "logits", golden.Tolerance("logits_atol"));
    }

    [Fact]
    public async Task Logprobs_with_an_adapter()
    {
        var golden = new GoldenCase("lora/all_linear_r8");
        (await Medgpt.RunAsync("logprobs", "--model", BaseModel, "--adapter", golden["adapter"], "--input", golden.WriteBatch(_folder["in.safetensors"], ""), "--output", _folder["out.safetensors"], "--logits")).ShouldSucceed();
        CompareLogProbs(golden, "", "logits_adapter", golden.Tolerance("logits_atol"));
    }

    [Theory]
    [InlineData("qwen2_tied")]
    [InlineData("qwen2_untied_sharded")]
    public async Task Greedy_generation_with_left_padding(string name)
    {
        var golden = new GoldenCase($"models/{name}");
        (await Medgpt.RunAsync("generate", "--model", golden["model"], "--input", golden.WriteBatch(_folder["in.safetensors"], "left_"), "--output", _folder["out.safetensors"], "--max-new-tokens", "24", "--temperature", "0")).ShouldSucceed();
        var output = TensorFile.Read(_folder["out.safetensors"]);
        output.Shape("output_ids").ShouldBe(golden.Outputs.Shape("gen_new_ids"));
        output.Longs("output_ids").ShouldBe(golden.Outputs.Longs("gen_new_ids"));
    }

    [Theory]
    [InlineData("left_")]
    [InlineData("right_")]
    public async Task Rewards(string side)
    {
        var golden = new GoldenCase("seqcls/qwen2_rm");
        (await Medgpt.RunAsync("score", "--model", golden["model"], "--input", golden.WriteBatch(_folder["in.safetensors"], side), "--output", _folder["out.safetensors"])).ShouldSucceed();
        GoldenCase.Near(TensorFile.Read(_folder["out.safetensors"]).Floats("rewards"), golden.Outputs.Floats(side + "rewards"), golden.Tolerance("rewards_atol"), side);
    }

    [Fact]
    public async Task Rewards_with_an_adapter_and_merged()
    {
        var golden = new GoldenCase("seqcls/qwen2_rm");
        var input = golden.WriteBatch(_folder["in.safetensors"], "right_");
        (await Medgpt.RunAsync("score", "--model", golden["model"], "--adapter", golden["adapter"], "--input", input, "--output", _folder["out.safetensors"])).ShouldSucceed();
        GoldenCase.Near(TensorFile.Read(_folder["out.safetensors"]).Floats("rewards"), golden.Outputs.Floats("lora.right_rewards"), golden.Tolerance("rewards_atol"), "adapter");
        (await Medgpt.RunAsync("merge", "--model", golden["model"], "--adapter", golden["adapter"], "--output", _folder["merged"])).ShouldSucceed();
        (await Medgpt.RunAsync("score", "--model", _folder["merged"], "--input", input, "--output", _folder["merged.safetensors"])).ShouldSucceed();
        GoldenCase.Near(TensorFile.Read(_folder["merged.safetensors"]).Floats("rewards"), golden.Outputs.Floats("lora.right_rewards"), golden.Tolerance("rewards_atol"), "merged");
    }

    [Fact]
    public async Task Merging_gives_a_plain_folder_with_the_references_weights_and_logits()
    {
        var golden = new GoldenCase("lora/all_linear_r8");
        var run = (await Medgpt.RunAsync("merge", "--model", BaseModel, "--adapter", golden["adapter"], "--output", _folder["merged"])).ShouldSucceed();
        run.Output.ShouldContain("largest difference of logits to the unmerged model");
        File.Exists(_folder["merged/adapter_config.json"]).ShouldBeFalse();
        File.ReadAllText(_folder["merged/generation_config.json"]).ShouldBe(File.ReadAllText(Path.Combine(BaseModel, "generation_config.json")));
        var merged = TensorFile.Read(_folder["merged/model.safetensors"]);
        var references = golden.Outputs.Names.Where(name => name.StartsWith("merged_weight.", StringComparison.Ordinal)).ToList();
        references.ShouldNotBeEmpty();
        foreach (var name in references)
            GoldenCase.Near(merged.Floats(name["merged_weight.".Length..]), golden.Outputs.Floats(name), 1e-6, name);
        (await Medgpt.RunAsync("logprobs", "--model", _folder["merged"], "--input", golden.WriteBatch(_folder["in.safetensors"], ""), "--output", _folder["out.safetensors"], "--logits")).ShouldSucceed();
        CompareLogProbs(golden, "", "logits_merged", golden.Tolerance("logits_atol"));
    }

    [Fact]
    public async Task A_whole_model_in_place_of_an_adapter_is_copied()
    {
        (await Medgpt.RunAsync("merge", "--model", BaseModel, "--adapter", Path.Combine(Medgpt.Golden, "models/qwen2_untied_sharded/model"), "--output", _folder["copy"])).ShouldSucceed();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Medgpt.Golden, "models/qwen2_untied_sharded/model")))
            File.ReadAllBytes(Path.Combine(_folder["copy"], Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file), file);
    }

    private static string BaseModel => Path.Combine(Medgpt.Golden, "models/qwen2_tied/model");

    // log p(next real token) follows from the reference's logits: logits[t, id[t+1]] - log Σ exp logits[t].
    private void CompareLogProbs(GoldenCase golden, string side, string logitsName, double tolerance)
    {
        var output = TensorFile.Read(_folder["out.safetensors"]);
        var (ids, mask, logits) = (golden.Inputs.Longs(side + "input_ids"), golden.Inputs.Longs(side + "attention_mask"), golden.Outputs.Floats(logitsName));
        var shape = golden.Outputs.Shape(logitsName);
        var (rows, width, vocabulary) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        output.Shape("logits").ShouldBe(shape);
        output.Shape("logprobs").ShouldBe([rows, width - 1]);
        var (ours, logprobs) = (output.Floats("logits"), output.Floats("logprobs"));
        var counted = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var t = 0; t < width; t++)
            {
                var at = row * width + t;
                if (mask[at] == 0)
                    continue;
                GoldenCase.Near(ours[(at * vocabulary)..((at + 1) * vocabulary)], logits[(at * vocabulary)..((at + 1) * vocabulary)], tolerance, $"logits of row {row}, column {t}");
                if (t + 1 == width || mask[at + 1] == 0)
                    continue;
                counted++;
                var expected = logits[at * vocabulary + (int)ids[at + 1]] - Math.Log(Enumerable.Range(0, vocabulary).Sum(v => Math.Exp(logits[at * vocabulary + v])));
                ((double)logprobs[row * (width - 1) + t]).ShouldBe(expected, 2 * tolerance, $"logprob of row {row}, column {t}");
            }
        }

        counted.ShouldBeGreaterThan(10);
        logprobs.Where((_, i) => mask[i / (width - 1) * width + i % (width - 1)] == 0).ShouldAllBe(value => value == 0);
    }
}
