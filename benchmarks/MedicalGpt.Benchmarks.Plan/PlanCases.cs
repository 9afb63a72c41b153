namespace MedicalGpt.Benchmarks.Plan;

/// <summary>What is measured: every stage, with adapters, 4-bit bases and all weights, with and without checkpointing, fp32 and bf16, several shapes and vocabularies.</summary>
internal static class PlanCases
{
    /// <summary>The model whose memory does not count.</summary>
    public const string Smallest = "smallest";

    /// <summary>Shapes of models, as flags of <c>model init</c>.</summary>
    public static IReadOnlyDictionary<string, string> Shapes { get; } = new Dictionary<string, string>
    {
        [Smallest] = "--model-type qwen2 --vocab-size 512 --hidden-size 32 --layers 1 --heads 2 --kv-heads 1 --intermediate-size 32",
        ["even"] = "--model-type qwen2 --vocab-size 32000 --hidden-size 512 --layers 8 --heads 8 --kv-heads 2 --intermediate-size 1536 --tie-word-embeddings true",
        ["deep"] = "--model-type llama --vocab-size 8000 --hidden-size 384 --layers 20 --heads 6 --kv-heads 6 --intermediate-size 1024 --tie-word-embeddings false",
        ["wide words"] = "--model-type qwen2 --vocab-size 151936 --hidden-size 256 --layers 6 --heads 8 --kv-heads 2 --intermediate-size 1024 --tie-word-embeddings true",
        ["qwen3"] = "--model-type qwen3 --vocab-size 32000 --hidden-size 512 --layers 6 --heads 8 --kv-heads 4 --head-dim 128 --intermediate-size 1536 --tie-word-embeddings true",
    };

    /// <summary>The configurations.</summary>
    public static IReadOnlyList<PlanCase> All { get; } =
    [
        new("SFT, LoRA, fp32, 4 × 512", "sft", "even", "--model_max_length 512 --per_device_train_batch_size 4"),
        new("SFT, LoRA, fp32, checkpointing, 4 × 768", "sft", "even", "--model_max_length 768 --per_device_train_batch_size 4 --gradient_checkpointing true"),
        new("SFT, LoRA, bf16, 4 × 512", "sft", "even", "--model_max_length 512 --per_device_train_batch_size 4 --bf16 true"),
        new("SFT, all weights, fp32, 2 × 512", "sft", "even", "--model_max_length 512 --per_device_train_batch_size 2 --use_peft false"),
        new("SFT, all weights, bf16, checkpointing, 8-bit AdamW, 4 × 512", "sft", "even", "--model_max_length 512 --per_device_train_batch_size 4 --use_peft false --bf16 true --gradient_checkpointing true --optim adamw_8bit"),
        new("SFT, QLoRA, fp32, Llama of 20 layers, 2 × 512", "sft", "deep", "--model_max_length 512 --per_device_train_batch_size 2 --load_in_4bit true"),
        new("PT, LoRA, fp32, 151,936 tokens, 4 × 256", "pt", "wide words", "--block_size 256 --per_device_train_batch_size 4"),
        new("PT, QLoRA, bf16, checkpointing, 151,936 tokens, 4 × 512", "pt", "wide words", "--block_size 512 --per_device_train_batch_size 4 --load_in_4bit true --bf16 true --gradient_checkpointing true"),
        new("DPO, LoRA, fp32, 2 × (256 + 2 · 256)", "dpo", "even", "--max_source_length 256 --max_target_length 256 --per_device_train_batch_size 2"),
        new("DPO, all weights, fp32, checkpointing, 2 × (256 + 2 · 256)", "dpo", "even", "--max_source_length 256 --max_target_length 256 --per_device_train_batch_size 2 --use_peft false --gradient_checkpointing true"),
        new("ORPO, QLoRA, fp32, Qwen3, 2 × (256 + 2 · 256)", "orpo", "qwen3", "--max_source_length 256 --max_target_length 256 --per_device_train_batch_size 2 --load_in_4bit true"),
        new("RM, LoRA, fp32, 4 × (128 + 2 · 128)", "rm", "deep", "--max_source_length 128 --max_target_length 128 --per_device_train_batch_size 4"),
        new("RM, all weights, bf16, 2 × (256 + 2 · 256)", "rm", "even", "--max_source_length 256 --max_target_length 256 --per_device_train_batch_size 2 --use_peft false --bf16 true"),
        new("GRPO, LoRA, fp32, 8 answers, 256 + 64", "grpo", "qwen3", "--max_source_length 256 --max_completion_length 64 --num_generations 8 --per_device_train_batch_size 8"),
        new("GRPO, QLoRA, bf16, checkpointing, 16 answers, 256 + 64", "grpo", "even", "--max_source_length 256 --max_completion_length 64 --num_generations 8 --per_device_train_batch_size 16 --load_in_4bit true --bf16 true --gradient_checkpointing true"),
        new("PPO, LoRA, fp32, reward functions, 4 × (256 + 64)", "ppo", "even", "--max_source_length 256 --max_completion_length 64 --per_device_train_batch_size 4 --reward_source functions --reward_functions length-penalty"),
        new("PPO, all weights, fp32, reward model, 2 × (128 + 64)", "ppo", "even", "--max_source_length 128 --max_completion_length 64 --per_device_train_batch_size 2 --use_peft false --reward_model_path REWARD"),
    ];
}
