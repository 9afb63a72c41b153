using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary><c>--max-shard-size</c> of everything that writes a model: files of at most that size with an index, the same weights in them.</summary>
public sealed class ShardSizeTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private const long Largest = 20_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_cuts_its_model()
    {
        var rows = _folder.Write("rows.jsonl", """{"input_ids": [5, 6, 7, 8, 1], "labels": [-100, 6, 7, 8, 1]}""");
        await BothAsync("model.safetensors", "train", "sft", "--model", model.Folder, "--train_file_dir", rows, "--use_peft", "false", "--max_steps", "1", "--learning_rate", "1e-2", "--per_device_train_batch_size", "1");
        Directory.Exists(_folder["cut/checkpoint-1"]).ShouldBeTrue();
        File.Exists(_folder["cut/checkpoint-1/model.safetensors.index.json"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Quantize_cuts_its_model() => await BothAsync("model.safetensors", "quantize", "--model", model.Folder, "--max-tokens", "0");

    [Fact]
    public async Task Merge_cuts_its_model_and_one_that_it_copies()
    {
        var golden = new GoldenCase("lora/all_linear_r8");
        await BothAsync("model.safetensors", "merge", "--model", Path.Combine(Medgpt.Golden, "models/qwen2_tied/model"), "--adapter", golden["adapter"]);
        (await Medgpt.RunAsync("merge", "--model", model.Folder, "--adapter", _folder["whole"], "--output-dir", _folder["again"], "--max-shard-size", "20KB")).ShouldSucceed().Output.ShouldContain("written again");
        ShouldBeCut(_folder["again"], TensorFile.Read(_folder["whole/model.safetensors"]));
        (await Medgpt.RunAsync("logprobs", "--model", _folder["again"], "--input", golden.WriteBatch(_folder["in.safetensors"], ""), "--output", _folder["a.safetensors"])).ShouldSucceed();
    }

    [Theory]
    [InlineData("merge --adapter a")]
    [InlineData("quantize")]
    [InlineData("train sft --train_file_dir ROWS --use_peft false")]
    public async Task A_size_that_is_none_is_refused(string command)
    {
        var rows = _folder.Write("rows.jsonl", """{"input_ids": [5, 6], "labels": [5, 6]}""");
        (await Medgpt.RunAsync([.. command.Replace("ROWS", rows).Split(' '), "--model", model.Folder, "--output-dir", _folder["out"], "--max-shard-size", "5 apples"])).ShouldRefuse().ShouldStartWith("error: The size is not understood.\n  place:   --max-shard-size\n  given:   5 apples");
        Directory.Exists(_folder["out"]).ShouldBeFalse();
    }

    private async Task BothAsync(string file, params string[] arguments)
    {
        (await Medgpt.RunAsync([.. arguments, "--output-dir", _folder["whole"]])).ShouldSucceed();
        (await Medgpt.RunAsync([.. arguments, "--output-dir", _folder["cut"], "--max-shard-size", "20KB"])).ShouldSucceed();
        ShouldBeCut(_folder["cut"], TensorFile.Read(Path.Combine(_folder["whole"], file)));
    }

    private static void ShouldBeCut(string folder, TensorFile whole)
    {
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "model.safetensors.index.json")))!;
        var places = index["weight_map"]!.AsObject().ToDictionary(item => item.Key, item => (string)item.Value!);
        places.Keys.Order().ShouldBe(whole.Names.Order());
        ((long)index["metadata"]!["total_size"]!).ShouldBe(whole.Names.Sum(name => (long)whole.Bytes(name).Length));
        var files = Directory.EnumerateFiles(folder, "*.safetensors").Select(path => Path.GetFileName(path)).Order().ToArray();
        files.ShouldBe(Enumerable.Range(1, files.Length).Select(i => $"model-{i:00000}-of-{files.Length:00000}.safetensors"));
        files.Length.ShouldBeGreaterThan(2);
        foreach (var name in files)
        {
            var shard = TensorFile.Read(Path.Combine(folder, name));
            if (Weights(shard) > 1)
                shard.Names.Sum(tensor => (long)shard.Bytes(tensor).Length).ShouldBeLessThanOrEqualTo(Largest);
            foreach (var tensor in shard.Names)
            {
                places[tensor].ShouldBe(name);
                shard.Bytes(tensor).ShouldBe(whole.Bytes(tensor), tensor);
            }
        }
    }

    // A packed weight is several tensors: weight, weight.absmax, …
    private static int Weights(TensorFile shard) => shard.Names.Select(name => name.Split(".weight", 2)[0]).Distinct().Count();
}
