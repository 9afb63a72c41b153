using System.Collections.Frozen;

namespace MedicalGpt.Modeling;

/// <summary>Keys of <c>config.json</c> that do not change what a decoder computes: bookkeeping of transformers, defaults of generation, token ids.</summary>
internal static class HarmlessKeys
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "architectures", "attn_implementation", "auto_map", "bad_words_ids", "begin_suppress_tokens", "bos_token_id", "cache_implementation", "decoder_start_token_id", "diversity_penalty", "do_sample",
        "dtype", "early_stopping", "encoder_no_repeat_ngram_size", "eos_token_id", "exponential_decay_length_penalty", "finetuning_task", "forced_bos_token_id", "forced_eos_token_id", "id2label", "initializer_range",
        "label2id", "length_penalty", "max_length", "min_length", "model_type", "no_repeat_ngram_size", "num_beam_groups", "num_beams", "num_labels", "num_return_sequences",
        "output_attentions", "output_hidden_states", "output_scores", "pad_token_id", "prefix", "pretraining_tp", "problem_type", "pruned_heads", "remove_invalid_values", "repetition_penalty",
        "return_dict", "return_dict_in_generate", "sep_token_id", "suppress_tokens", "task_specific_params", "temperature", "tokenizer_class", "top_k", "top_p", "torch_dtype",
        "torchscript", "transformers_version", "typical_p", "unk_token_id", "unsloth_fixed", "unsloth_version", "use_cache", "use_flash_attn",
    ],
    StringComparer.Ordinal);

    /// <summary>Whether a key is harmless; names that begin with an underscore are private notes of transformers.</summary>
    public static bool Contains(string name) => name.StartsWith('_') || Names.Contains(name);
}
