using System.Text.Json.Nodes;

namespace MedicalGpt.Modeling.Tests;

/// <summary>Whatever a configuration says that is not computed is refused by name.</summary>
public sealed class UnsupportedConfigTests
{
    [Theory]
    [InlineData("qwen2_tied", "num_experts", "8", "num_experts: 8")]
    [InlineData("llama3_rope", "router_config", """{"kind":"top"}""", "router_config: {\"kind\":\"top\"}")]
    [InlineData("mistral_swa", "use_parallel_residual", "true", "use_parallel_residual: true")]
    [InlineData("gemma2", "altup_num_inputs", "4", "altup_num_inputs: 4")]
    [InlineData("phi3", "mup_width_multiplier", "2.5", "mup_width_multiplier: 2.5")]
    public void A_key_that_no_one_reads(string name, string key, string value, string given)
    {
        var error = Should.Throw<MedicalGptException>(() => Read(name, c => c[key] = JsonNode.Parse(value)));
        error.Given.ShouldBe(given);
        error.Place.ShouldBe("here");
    }

    [Fact]
    public void All_such_keys_at_once_and_none_that_is_off_or_harmless()
    {
        var error = Should.Throw<MedicalGptException>(() => Read("qwen3", c =>
        {
            c["num_experts"] = 8;
            c["decoder_sparse_step"] = 1;
            c["mlp_only_layers"] = new JsonArray();
            c["use_mrope"] = false;
            c["vision_config"] = null;
            c["_name_or_path"] = "x";
            c["temperature"] = 0.6;
            c["auto_map"] = new JsonObject { ["AutoConfig"] = "a.B" };
        }));
        error.Given.ShouldBe("num_experts: 8, decoder_sparse_step: 1");
    }

    [Theory]
    [InlineData("llama2_mha", "hidden_act", "\"relu2\"", "here: hidden_act 'relu2' is not supported for llama; supported are silu, gelu and gelu_pytorch_tanh")]
    [InlineData("gemma2", "use_bidirectional_attention", "true", "here: use_bidirectional_attention is true; attention to later tokens is not supported")]
    [InlineData("phi3", "resid_pdrop", "0.1", "here: resid_pdrop is 0.1; dropout on the residual stream is not supported, set it to 0")]
    [InlineData("qwen2_tied", "attention_dropout", "0.1", "here: attention_dropout is 0.1; dropout on attention probabilities is not supported, set it to 0")]
    [InlineData("gemma3_text", "layer_types", "[\"full_attention\", \"chunked_attention\"]", "here: layer_types has 2 entries, among them chunked_attention; needed are 4, each full_attention or sliding_attention")]
    [InlineData("mistral_swa", "sliding_window", "-3", "here: sliding_window is -3; a whole number above 0 is needed, or null for none")]
    [InlineData("gemma2", "attn_logit_softcapping", "-1", "here: attn_logit_softcapping -1 is not above 0")]
    public void A_value_that_is_not_supported(string name, string key, string value, string message) =>
        Should.Throw<MedicalGptException>(() => Read(name, c => c[key] = JsonNode.Parse(value))).Message.ShouldBe(message);

    [Theory]
    [InlineData("num_hidden_layers", -1, "num_hidden_layers -1 is not in [1, 1024]")]
    [InlineData("num_hidden_layers", 2147483647, "num_hidden_layers 2147483647 is not in [1, 1024]")]
    [InlineData("num_attention_heads", int.MinValue, "num_attention_heads -2147483648 is not in [1, 4096]")]
    [InlineData("num_key_value_heads", 0, "num_key_value_heads 0 is not in [1, 4096]")]
    [InlineData("hidden_size", -64, "hidden_size -64 is not in [1, 131072]")]
    [InlineData("vocab_size", 0, "vocab_size 0 is not in [1, 16777216]")]
    [InlineData("intermediate_size", -1, "intermediate_size -1 is not in [1, 1048576]")]
    [InlineData("max_position_embeddings", -1, "max_position_embeddings -1 is not in [1, 16777216]")]
    public void A_size_out_of_bounds_in_every_family(string key, int size, string message)
    {
        foreach (var name in new[] { "qwen2_tied", "qwen3", "llama2_mha", "mistral_swa", "gemma2", "gemma3_text", "phi3" })
        {
            // layer_types, where it stands, has its own check of the number of layers.
            Should.Throw<MedicalGptException>(() => Read(name, c =>
            {
                c.Remove("layer_types");
                c[key] = size;
            })).Message.ShouldBe($"here: {message}", name);
        }
    }

    [Theory]
    [InlineData("mixtral", "mistral")]
    [InlineData("gemma3", "gemma3_text")]
    [InlineData("qwen3_moe", "qwen3")]
    [InlineData("llama4", "llama")]
    [InlineData("phi", "phi3")]
    public void The_nearest_family(string type, string nearest) =>
        Should.Throw<MedicalGptException>(() => Read("qwen2_tied", c => c["model_type"] = type)).Message.ShouldContain($"The nearest is '{nearest}'; known are 'gemma2', 'gemma3_text', 'llama', 'mistral', 'phi3', 'qwen2', 'qwen3'.");

    private static void Read(string name, Action<JsonObject> change)
    {
        var json = (JsonObject)ModelConfig.Read(Path.Combine(Golden.Root, "models", name, "config_legacy.json")).Json.DeepClone();
        change(json);
        Models.Folder.Families.Read(new ModelConfig(json, "here"));
    }
}
