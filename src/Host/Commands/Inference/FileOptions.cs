using MedicalGpt.Options;

namespace MedicalGpt.Host.Commands.Inference;

/// <summary>Where a command reads and writes: safetensors (token ids) or JSONL (text).</summary>
[Options("files")]
public sealed partial record FileOptions
{
    /// <summary>Input: a .safetensors file with input_ids [B,T] and attention_mask [B,T] (1 = real, padding on either side; absent = all real), or a .jsonl file of rows with text.</summary>
    [Required]
    [Alias("data_file")]
    public string Input { get; init; } = "";

    /// <summary>Output, of the same kind as the input.</summary>
    [Required]
    [Alias("output_file")]
    public string Output { get; init; } = "";

    /// <summary>Rows that go through the model together.</summary>
    [Range(1, 65536)]
    [Alias("eval_batch_size")]
    [Unit("rows")]
    public int BatchSize { get; init; } = 8;
}
