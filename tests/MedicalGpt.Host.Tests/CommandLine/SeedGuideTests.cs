using MedicalGpt.Host.Tests.Support;

namespace MedicalGpt.Host.Tests.CommandLine;

/// <summary>The command lines of the guides that people come from run unchanged. MODEL, DATA, OUT and REWARD stand for existing folders.</summary>
public sealed class SeedGuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SeedGuideTests()
    {
        foreach (var name in new[] { "model", "data", "reward" })
            Directory.CreateDirectory(_folder[name]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pt", "--model_name_or_path MODEL --train_file_dir DATA --validation_file_dir DATA --per_device_train_batch_size 3 --per_device_eval_batch_size 3 --do_train --do_eval --use_peft True --seed 42 --max_train_samples 20000 --max_eval_samples 10 --num_train_epochs 1 --learning_rate 2e-4 --warmup_ratio 0.05 --weight_decay 0.01 --logging_strategy steps --logging_steps 10 --eval_steps 50 --eval_strategy steps --save_steps 500 --save_strategy steps --save_total_limit 13 --gradient_accumulation_steps 1 --preprocessing_num_workers 10 --block_size 512 --packing True --output_dir OUT --ddp_timeout 30000 --logging_first_step True --target_modules all --lora_rank 8 --lora_alpha 16 --lora_dropout 0.05 --torch_dtype bfloat16 --bf16 --device_map auto --report_to tensorboard --ddp_find_unused_parameters False --gradient_checkpointing True --cache_dir ./cache")]
    [InlineData("sft", "--model_name_or_path MODEL --train_file_dir DATA --validation_file_dir DATA --per_device_train_batch_size 4 --per_device_eval_batch_size 4 --do_train --do_eval --template_name qwen --use_peft True --model_max_length 4096 --num_train_epochs 1 --learning_rate 2e-5 --warmup_steps 5 --weight_decay 0.05 --target_modules all --lora_rank 8 --lora_alpha 16 --lora_dropout 0.05 --torch_dtype float16 --fp16 --report_to tensorboard --gradient_checkpointing True --flash_attn True --output_dir OUT")]
    [InlineData("rm", "--model_name_or_path MODEL --train_file_dir DATA --per_device_train_batch_size 4 --do_train --use_peft True --seed 42 --max_train_samples 1000 --num_train_epochs 3 --learning_rate 2e-5 --warmup_ratio 0.05 --weight_decay 0.001 --max_source_length 1024 --max_target_length 256 --output_dir OUT --fp16 --torch_dtype float16 --device_map auto --remove_unused_columns False --gradient_checkpointing True --logging_first_step True")]
    [InlineData("ppo", "--sft_model_path MODEL --reward_model_path REWARD --train_file_dir DATA --per_device_train_batch_size 1 --gradient_accumulation_steps 16 --learning_rate 1.41e-5 --max_source_length 1024 --response_length 1000 --total_episodes 100000 --num_train_epochs 3 --output_dir OUT --report_to tensorboard --missing_eos_penalty 1.0 --eval_strategy steps --eval_steps 100")]
    [InlineData("ppo", "--sft_model_path MODEL --reward_model_path REWARD --train_file_dir DATA --max_source_length 1024 --max_target_length 256 --total_episodes 100000 --output_dir OUT")]
    [InlineData("dpo", "--model_name_or_path MODEL --train_file_dir DATA --num_train_epochs 3 --learning_rate 5e-6 --max_source_length 1024 --max_target_length 512 --bf16 True --output_dir OUT")]
    [InlineData("dpo", "--model_name_or_path MODEL --dataset_name DATA --dataset_config_name dpo --max_steps 100 --eval_steps 20 --save_steps 50 --optim adamw_torch --fp16 False --remove_unused_columns False --lr_scheduler_type cosine --warmup_steps 100 --output_dir OUT")]
    [InlineData("orpo", "--model_name_or_path MODEL --train_file_dir DATA --num_train_epochs 3 --learning_rate 1e-5 --lambda_orpo 0.1 --max_source_length 1024 --max_target_length 512 --output_dir OUT")]
    [InlineData("orpo", "--model_name_or_path MODEL --train_file_dir DATA --orpo_beta 0.1 --output_dir OUT")]
    [InlineData("grpo", "--model_name_or_path MODEL --train_file_dir DATA --reward_functions exact-answer --train_samples -1 --max_steps -1 --num_train_epochs 1 --save_steps 50 --save_total_limit 13 --learning_rate 5e-7 --lr_scheduler_type cosine --warmup_ratio 0.03 --logging_steps 10 --beta 0.001 --num_generations 4 --per_device_train_batch_size 4 --gradient_accumulation_steps 1 --max_completion_length 512 --use_vllm False --use_peft True --qlora False --load_in_4bit False --lora_target_modules q_proj k_proj v_proj o_proj gate_proj up_proj down_proj --lora_r 16 --lora_alpha 32 --lora_dropout 0.1 --bf16 True --output_dir OUT")]
    public async Task Runs_unchanged(string stage, string line)
    {
        await using var host = await TestHost.StartAsync();
        var prepared = host.Prepare("train " + stage, [.. Words(line)]);
        Value("model_name_or_path").ShouldBe(_folder["model"]);
        Value("output_dir").ShouldBe(_folder["out"]);
        foreach (var notice in prepared.Notices)
            notice.ShouldContain(" is accepted without effect: ");

        string Value(string key) => prepared.Provenance.Single(option => option.Option.Key == key).Value;
    }

    [Theory]
    [InlineData("--load_in_4bit --bnb_4bit_quant_type nf4 --bnb_4bit_use_double_quant True --bnb_4bit_compute_dtype bfloat16", "load_in_4bit")]
    [InlineData("--load_in_8bit True --llm_int8_threshold 6 --llm_int8_skip_modules o_proj lm_head", "load_in_8bit")]
    [InlineData("--qlora --optim paged_adamw_8bit", "qlora")]
    public async Task A_quantised_base(string flags, string key)
    {
        await using var host = await TestHost.StartAsync();
        var prepared = host.Prepare("train grpo", [.. Words("--model_name_or_path MODEL --train_file_dir DATA --reward_functions exact-answer --output_dir OUT " + flags)]);
        prepared.Provenance.Single(option => option.Option.Key == key).Value.ShouldBe("true", StringCompareShould.IgnoreCase);
    }

    [Fact]
    public async Task A_base_has_4_or_8_bits()
    {
        await using var host = await TestHost.StartAsync();
        var error = Should.Throw<MedicalGptException>(() => host.Prepare("train sft", [.. Words("--model_name_or_path MODEL --train_file_dir DATA --output_dir OUT --load_in_4bit --load_in_8bit")]));
        error.ToBlock().ShouldBe("error: 1 option is wrong.\n  --load-in-8bit: --load-in-4bit is given, too; give one of them (command line)");
    }

    [Fact]
    public async Task Two_names_of_one_option_with_different_values()
    {
        await using var host = await TestHost.StartAsync();
        var error = Should.Throw<MedicalGptException>(() => host.Prepare("train orpo", [.. Words("--model_name_or_path MODEL --train_file_dir DATA --output_dir OUT --lambda_orpo 0.1 --orpo-beta 0.2")]));
        error.ToBlock().ShouldBe("error: 1 option is wrong.\n  --beta: given twice with different values, as --lambda_orpo '0.1' and --orpo-beta '0.2'; give one of them (command line)");
        host.Prepare("train orpo", [.. Words("--model_name_or_path MODEL --train_file_dir DATA --output_dir OUT --lambda_orpo 0.2 --orpo-beta 0.2")])
            .Provenance.Single(option => option.Option.Key == "beta").Value.ShouldBe("0.2");
    }

    private IEnumerable<string> Words(string line) => line.Split(' ').Select(word => word switch
    {
        "MODEL" => _folder["model"],
        "DATA" => _folder["data"],
        "REWARD" => _folder["reward"],
        "OUT" => _folder["out"],
        _ => word,
    });
}
