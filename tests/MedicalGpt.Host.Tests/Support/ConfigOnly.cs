namespace MedicalGpt.Host.Tests.Support;

/// <summary>A model folder without weights: <c>config.json</c> is all that a plan reads.</summary>
internal static class ConfigOnly
{
    public static string Write(TemporaryFolder folder)
    {
        folder.Write("model/config.json", """
            {
              "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 2000, "hidden_size": 256, "num_hidden_layers": 8,
              "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 1024, "max_position_embeddings": 2048, "rms_norm_eps": 1e-5,
              "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": true, "bos_token_id": 0, "eos_token_id": 1
            }
            """);
        return folder["model"];
    }
}
