using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>Adapters that merge must not take: nothing is written.</summary>
/// <param name="model">The small model.</param>
[Collection(BadInputCollection.Name)]
public sealed class BadMergeTests(TinyModel model) : IDisposable
{
    private static readonly string Base = Path.Combine(Medgpt.Golden, "models/qwen2_tied/model");
    private static readonly string Adapter = Path.Combine(Medgpt.Golden, "lora/all_linear_r8/adapter");
    private readonly RefusedRun _run = new(model);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_reward_model_whose_score_head_nobody_trained()
    {
        // PEFT's task type of reward models, but neither modules_to_save nor weights of a head.
        var folder = Directory.CreateDirectory(_run["adapter"]).FullName;
        File.Copy(Path.Combine(Adapter, "adapter_model.safetensors"), Path.Combine(folder, "adapter_model.safetensors"));
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Adapter, "adapter_config.json")))!;
        config["task_type"] = "SEQ_CLS";
        await File.WriteAllTextAsync(Path.Combine(folder, "adapter_config.json"), config.ToJsonString());
        (await MergeAsync(folder)).ShouldBe("""
            error: The model is no reward model: it has no score head.
              place:   --adapter
              given:   DIR/adapter
              allowed: a folder of a Qwen2ForSequenceClassification, or an adapter that brings the head
              remedy:  train one with medgpt train rm
            """);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("=0.5")]
    public async Task An_adapter_that_is_named_twice(string ending) => (await MergeAsync(Adapter, Adapter + ending)).ShouldBe($"""
        error: An adapter is named twice, so it would be added twice.
          place:   --adapter
          given:   {(ending == "/" ? Adapter + "/" : Adapter)}
          allowed: each adapter once
          remedy:  name it once, with the sum as its weight: DIR=WEIGHT
        """);

    [Theory]
    [InlineData("abc")]
    [InlineData("nan")]
    [InlineData("1e999")]
    [InlineData("")]
    public async Task A_weight_that_is_no_finite_number(string weight) => (await MergeAsync($"{Adapter}={weight}")).ShouldBe($"""
        error: The adapter's weight is not a number.
          place:   --adapter
          given:   {Adapter}={weight}
          allowed: DIR, or DIR=WEIGHT with a finite number such as 0.5
        """);

    [Theory]
    [InlineData("model", "model/")]
    [InlineData("model/", "model")]
    [InlineData("model", "link")]
    [InlineData("link", "model")]
    public async Task A_result_that_would_replace_its_base_however_that_is_written(string source, string result)
    {
        var folder = _run.Copy(_ => { });
        Directory.CreateSymbolicLink(_run["link"], folder);
        var before = await File.ReadAllBytesAsync(Path.Combine(folder, "model.safetensors"));
        (await _run.RunAsync("merge", "--model", _run[source], "--adapter", Adapter, "--output-dir", _run[result])).ShouldBe($"""
            error: The merged model would replace what it is made from.
              place:   --output-dir
              given:   DIR/{result}
              allowed: another folder than --model and --adapter
            """);
        (await _run.RunAsync("quantize", "--model", _run[source], "--output-dir", _run[result])).ShouldContain("The packed model would replace the original.");
        (await _run.RunAsync("tokenizer", "extend", "--model", _run[source], "--words", _run.Write("words.txt", "gout"), "--output-dir", _run[result])).ShouldContain("The result would overwrite what it is made from.");
        (await File.ReadAllBytesAsync(Path.Combine(folder, "model.safetensors"))).ShouldBe(before);
    }

    private Task<string> MergeAsync(params string[] adapters) => _run.RunAsync(["merge", "--model", Base, "--adapter", .. adapters, "--output-dir", _run.Output]);
}
