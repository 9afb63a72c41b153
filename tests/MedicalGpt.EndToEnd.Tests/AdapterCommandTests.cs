using System.Text.Json.Nodes;

namespace MedicalGpt.EndToEnd.Tests;

/// <summary>What commands say of adapters and of packed models: contradictions are refused, nothing that was asked for is passed over.</summary>
/// <param name="model">The small model: 2 layers, width 32.</param>
public sealed class AdapterCommandTests(TinyModel model) : IClassFixture<TinyModel>, IDisposable
{
    private const string Row = """{"input_ids": [5, 6, 7, 8, 1], "labels": [-100, 6, 7, 8, 1]}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Options_that_contradict_the_adapter_that_is_continued_are_refused()
    {
        var adapter = await AdapterAsync("--lora_rank", "4", "--target_modules", "q_proj,v_proj");
        (await ContinueAsync(adapter, "--lora_rank", "16", "--lora_alpha", "16", "--target_modules", "v_proj,q_proj,o_proj", "--use_dora", "true", "--modules_to_save", "lm_head")).ShouldRefuse().ShouldBe($"""
            error: 4 options are wrong.
              --lora-rank: given '16' (command line); allowed: 4, as the adapter in {adapter} has it; leave the option out, or train a fresh adapter: without --adapter
              --use-dora: given 'true' (command line); allowed: false, as the adapter in {adapter} has it; leave the option out, or train a fresh adapter: without --adapter
              --target-modules: given 'v_proj,q_proj,o_proj' (command line); allowed: q_proj,v_proj, as the adapter in {adapter} has it; leave the option out, or train a fresh adapter: without --adapter
              --modules-to-save: given 'lm_head' (command line); allowed: none, as the adapter in {adapter} has it; leave the option out, or train a fresh adapter: without --adapter

            """.Trim());
        (await ContinueAsync(adapter, "--use_peft", "false")).ShouldRefuse().ShouldBe("""
            error: 1 option is wrong.
              --use-peft: given 'false' (command line); allowed: true: --adapter continues an adapter; to train all weights from there, merge it first (medgpt merge) and give the result as --model-name-or-path
            """);
        (await ContinueAsync(adapter, "--target_modules", "all")).ShouldRefuse().ShouldContain("--target-modules: given 'all' (command line); allowed: q_proj,v_proj,");
        (await ContinueAsync(adapter, "--lora_rank", "4", "--target_modules", "v_proj,q_proj", "--use_peft", "true", "--lora_alpha", "16")).ShouldSucceed();
    }

    [Fact]
    public async Task All_layers_are_the_same_as_their_names()
    {
        var adapter = await AdapterAsync();
        (await ContinueAsync(adapter, "--target_modules", "all", "--lora_rank", "8")).ShouldSucceed();
        (await ContinueAsync(adapter, "--target_modules", "q_proj")).ShouldRefuse().ShouldContain("allowed: down_proj,gate_proj,k_proj,o_proj,q_proj,up_proj,v_proj, as the adapter");
    }

    [Fact]
    public async Task A_module_that_is_not_there_cannot_be_left_unpacked()
    {
        const string Block = """
            error: The model has no such module, so it cannot be left unpacked.
              place:   --llm-int8-skip-modules
              given:   o_prj
              allowed: model, embed_tokens, layers, input_layernorm, self_attn, q_proj, k_proj, v_proj, o_proj, post_attention_layernorm, mlp, gate_proj, up_proj, down_proj, norm, or longer paths such as model.embed_tokens
              remedy:  did you mean o_proj?
            """;
        (await Medgpt.RunAsync("quantize", "--model", model.Folder, "--output-dir", _folder["packed"], "--llm_int8_skip_modules", "o_prj,k_proj")).ShouldRefuse().ShouldBe(Block);
        var rows = _folder.Write("rows.jsonl", Row);
        (await Medgpt.RunAsync("train", "sft", "--model", model.Folder, "--train_file_dir", rows, "--load_in_8bit", "true", "--llm_int8_skip_modules", "o_prj", "--output-dir", _folder["run"])).ShouldRefuse().ShouldBe(Block);
        (await Medgpt.RunAsync("quantize", "--model", model.Folder, "--output-dir", _folder["packed"], "--llm_int8_skip_modules", "lm_head,layers.0,mlp,model.layers.1.self_attn.o_proj", "--max-tokens", "0")).ShouldSucceed().Output.ShouldContain("3 linear layers");
    }

    [Fact]
    public async Task A_plan_of_an_adapter_is_one_of_its_base()
    {
        var adapter = await AdapterAsync("--lora_rank", "4");
        string[] shape = ["--rate", "1TFLOP/s", "--rows", "100", "--json"];
        var direct = (await Medgpt.RunAsync(["plan", "--model", model.Folder, "--lora_rank", "4", .. shape])).ShouldSucceed().Output;
        (await Medgpt.RunAsync(["plan", "--model", adapter, .. shape])).ShouldSucceed().Output.ShouldBe(direct);
        (await Medgpt.RunAsync(["plan", "--model", model.Folder, "--adapter", adapter, .. shape])).ShouldSucceed().Output.ShouldBe(direct);
        (await Medgpt.RunAsync(["plan", "--model", model.Folder, .. shape])).ShouldSucceed().Output.ShouldNotBe(direct);
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(adapter, "adapter_config.json")))!;
        config["base_model_name_or_path"] = "somebody/model-7b";
        await File.WriteAllTextAsync(Path.Combine(adapter, "adapter_config.json"), config.ToJsonString());
        (await Medgpt.RunAsync(["plan", "--model", adapter, .. shape])).ShouldRefuse().ShouldBe($"""
            error: The folder is an adapter, and its base model is not here.
              place:   --model
              given:   {adapter}, an adapter of somebody/model-7b
              allowed: a model folder (config.json; its weights are not needed), or an adapter whose base model is where adapter_config.json says
              remedy:  give the base model, and the adapter beside it: --model BASE --adapter {adapter}
            """);
        (await Medgpt.RunAsync("logprobs", "--model", adapter, "--input", _folder.Write("in.jsonl", "{\"text\": \"a\"}\n"), "--output", _folder["out.jsonl"])).ShouldRefuse().ShouldContain("give its base model (somebody/model-7b) here and the folder with --adapter");
    }

    [Theory]
    [InlineData("nf4")]
    [InlineData("int8")]
    public async Task A_packed_folder_is_told_by_what_it_stands_for(string type)
    {
        (await Medgpt.RunAsync("quantize", "--model", model.Folder, "--output-dir", _folder["packed"], "--type", type, "--max-tokens", "0")).ShouldSucceed();
        var whole = JsonNode.Parse((await Medgpt.RunAsync("model", "info", model.Folder, "--json")).ShouldSucceed().Output)!;
        var packed = JsonNode.Parse((await Medgpt.RunAsync("model", "info", _folder["packed"], "--json")).ShouldSucceed().Output)!;
        var original = TensorFile.Read(Path.Combine(model.Folder, "model.safetensors"));
        var matrices = original.Names.Where(name => name.EndsWith("_proj.weight", StringComparison.Ordinal)).Sum(name => original.Bytes(name).Length / 4L);
        ((string?)packed["quantization"]).ShouldBe(type);
        ((long)packed["parameters"]!).ShouldBe((long)whole["parameters"]!);
        ((long)packed["parameters_by_type"]![type]!).ShouldBe(matrices);
        ((long)packed["parameters_by_type"]!["F32"]!).ShouldBe((long)whole["parameters"]! - matrices);
        ((long)packed["bytes"]!).ShouldBe(new FileInfo(_folder["packed/model.safetensors"]).Length);
    }

    private async Task<string> AdapterAsync(params string[] more)
    {
        (await TrainAsync(_folder["adapter"], more)).ShouldSucceed();
        return _folder["adapter"];
    }

    private Task<Medgpt> ContinueAsync(string adapter, params string[] more) => TrainAsync(_folder["continued"], ["--adapter", adapter, "--overwrite_output_dir", "true", .. more]);

    private Task<Medgpt> TrainAsync(string output, string[] more) =>
        Medgpt.RunAsync(["train", "sft", "--model", model.Folder, "--train_file_dir", _folder.Write("rows.jsonl", Row), "--max_steps", "1", "--save_strategy", "no", "--per_device_train_batch_size", "1", "--output-dir", output, .. more]);
}
