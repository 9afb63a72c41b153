using System.Text;

namespace MedicalGpt.EndToEnd.Tests.BadInput;

/// <summary>Model, tokenizer and adapter folders that cannot be used.</summary>
/// <param name="model">The small model.</param>
[Collection(BadInputCollection.Name)]
public sealed class BadModelTests(TinyModel model) : IDisposable
{
    private readonly RefusedRun _run = new(model);

    private static string Adapter => Path.Combine(Medgpt.Golden, "lora/all_linear_r8/adapter");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task No_folder() => (await TrainAsync(_run["none"])).ShouldBe("""
        error: 1 option is wrong.
          --model-name-or-path: given 'DIR/none' (command line); allowed: an existing folder
        """);

    [Fact]
    public async Task No_config() => (await TrainAsync(_run.Copy(f => File.Delete(f + "/config.json")))).ShouldBe("""
        error: The folder is no model: it has no config.json.
          place:   DIR/model
          allowed: a model folder: config.json and safetensors weights
        """);

    [Fact]
    public async Task No_weights() => (await TrainAsync(_run.Copy(f => File.Delete(f + "/model.safetensors")))).ShouldBe("""
        error: The model folder has no weights.
          place:   DIR/model
          given:   config.json, generation_config.json, tokenizer.json, tokenizer_config.json
          allowed: model.safetensors, or model.safetensors.index.json with its shards
          remedy:  fetch the weights too, or make a model with random ones: medgpt model init
        """);

    [Fact]
    public async Task Pickle_weights() => (await TrainAsync(_run.Copy(f => File.Move(f + "/model.safetensors", f + "/pytorch_model.bin")))).ShouldBe("""
        error: The weights are pickle files, which can run code and are never loaded.
          place:   DIR/model
          given:   pytorch_model.bin
          allowed: model.safetensors, or model.safetensors.index.json with its shards
          remedy:  convert them once with transformers: AutoModelForCausalLM.from_pretrained(dir).save_pretrained(new_dir, safe_serialization=True)
        """);

    [Fact]
    public async Task A_tokenizer_without_an_end_token() => (await TrainAsync(_run.Copy(f =>
    {
        File.Delete(f + "/generation_config.json");
        Replace(f + "/config.json", "\"eos_token_id\"", "\"unused\"");
        Replace(f + "/tokenizer_config.json", "\"eos_token\"", "\"unused\"");
    }))).ShouldBe("""
        error: The tokenizer names no end-of-sequence token, so no answer could ever end.
          place:   DIR/model
          given:   no eos_token, no eos_token_id
          allowed: eos_token in tokenizer_config.json, or eos_token_id in generation_config.json or config.json
          remedy:  name one of the tokenizer's tokens there
        """);

    [Fact]
    public async Task No_tokenizer() => (await TrainAsync(_run.Copy(f => File.Delete(f + "/tokenizer.json")))).ShouldBe("""
        error: The folder has no tokenizer.
          place:   DIR/model
          given:   no tokenizer.json
          allowed: a model or tokenizer folder with tokenizer.json
          remedy:  name one (--tokenizer-name-or-path); older folders with vocab.json and merges.txt or tokenizer.model alone are converted by saving the tokenizer again with a current version of its library
        """);

    [Fact]
    public async Task An_unknown_architecture() => (await TrainAsync(_run.Copy(f => Replace(f + "/config.json", "\"qwen2\"", "\"falcon\"")))).ShouldBe(
        "error: DIR/model/config.json: model type 'falcon' (architecture 'Qwen2ForCausalLM') is not known. The nearest is 'llama'; known are 'gemma2', 'gemma3_text', 'llama', 'mistral', 'phi3', 'qwen2', 'qwen3'. A plugin can add others (IModelFamily).");

    [Fact]
    public async Task A_wrong_type_in_the_config() => (await TrainAsync(_run.Copy(f => Replace(f + "/config.json", "\"hidden_size\": 32", "\"hidden_size\": \"big\"")))).ShouldBe(
        "error: DIR/model/config.json: 'hidden_size' is \"big\"; a whole number is needed");

    [Fact]
    public async Task Weights_of_another_shape() => (await TrainAsync(_run.Copy(f => Replace(f + "/config.json", "\"vocab_size\": 308", "\"vocab_size\": 300")))).ShouldBe("""
        error: The weights do not fit the model's config.json.
          place:   DIR/model
          given:   1 of another shape or type: model.embed_tokens.weight is [308, 32], needed [300, 32]
          allowed: exactly the weights that config.json describes
          remedy:  fetch config.json and weights again from one place
        """);

    [Fact]
    public async Task A_header_of_any_length() => (await TrainAsync(_run.Copy(f => File.WriteAllBytes(f + "/model.safetensors", [.. BitConverter.GetBytes(long.MaxValue), .. "{}"u8])))).ShouldBe(
        "error: DIR/model/model.safetensors: the header claims 9223372036854775807 bytes; allowed are 100000000. The file is damaged or not a safetensors file.");

    [Fact]
    public async Task A_header_that_lies() => (await TrainAsync(_run.Copy(f =>
    {
        var header = Encoding.UTF8.GetBytes("""{"model.norm.weight":{"dtype":"F32","shape":[1099511627776],"data_offsets":[0,4398046511104]}}""");
        File.WriteAllBytes(f + "/model.safetensors", [.. BitConverter.GetBytes((long)header.Length), .. header]);
    }))).ShouldBe("error: DIR/model/model.safetensors: tensor 'model.norm.weight' claims bytes 0 to 4398046511104, but the file holds 0 bytes of data. The file is damaged: fetch or convert it again.");

    [Fact]
    public async Task An_adapter_of_another_model()
    {
        var block = (await TrainAsync(_run.Model, "--adapter", Adapter)).Replace(Medgpt.Golden, "GOLDEN", StringComparison.Ordinal);
        block.ShouldStartWith("error: The adapter does not fit the model.\n  place:   GOLDEN/lora/all_linear_r8/adapter\n  given:   28 unexpected: base_model.model.model.layers.[2-3].mlp.down_proj.lora_A.weight, base_model.model.model.layers.[2-3].mlp.down_proj.lora_B.weight, ");
        block.ShouldContain(".v_proj.lora_B.weight; 28 of another shape or type: base_model.model.model.layers.[0-1].mlp.down_proj.lora_A.weight is [8, 160], needed [8, 384], ");
        block.ShouldEndWith("\n  allowed: weights for the linear layers of this model, in their shapes\n  remedy:  use it with the model that it was trained on (base_model_name_or_path in adapter_config.json)");
    }

    [Fact]
    public async Task An_adapter_that_is_a_whole_model() => (await TrainAsync(_run.Model, "--adapter", _run.Model)).ShouldBe("""
        error: The folder is no adapter: it has no adapter_config.json.
          place:   --adapter
          given:   MODEL
          allowed: a PEFT adapter folder
          remedy:  give a whole model as --model-name-or-path
        """);

    [Theory]
    [InlineData("ppo", "--reward-model-path")]
    [InlineData("ppo", "--value-model-path")]
    [InlineData("dpo", "--reference")]
    public async Task A_missing_second_model(string stage, string option)
    {
        var rows = _run.Write("rows.jsonl", stage == "dpo" ? RefusedRun.GoodPair : """{"question":"a"}""");
        string[] more = option == "--value-model-path" ? ["--reward-model-path", _run.Model] : [];
        (await _run.TrainAsync(stage, rows, [option, _run["none"], .. more])).ShouldBe($"""
            error: 1 option is wrong.
              {option}: given 'DIR/none' (command line); allowed: an existing folder
            """);
    }

    [Fact]
    public async Task A_reward_model_without_a_score_head() => (await _run.TrainAsync("ppo", _run.Write("rows.jsonl", """{"question":"a"}"""), "--reward-model-path", _run.Model)).ShouldBe("""
        error: The model is no reward model: it has no score head.
          place:   --reward-model-path
          given:   MODEL
          allowed: a folder of a Qwen2ForSequenceClassification, or an adapter that brings the head
          remedy:  train one with medgpt train rm
        """);

    private static void Replace(string path, string old, string now) => File.WriteAllText(path, File.ReadAllText(path).Replace(old, now, StringComparison.Ordinal));

    private Task<string> TrainAsync(string folder, params string[] more) => _run.TrainAsync("sft", _run.Write("rows.jsonl", RefusedRun.Good), ["--model-name-or-path", folder, .. more]);
}
