using MedicalGpt.Options;

namespace MedicalGpt.Algorithms.Pretrain;

/// <summary>Options of continued pre-training.</summary>
[Options("pt")]
[StageDefault("learning_rate", 2e-4)]
public sealed partial record PretrainOptions
{
    /// <summary>Tokens of a training row. Documents longer than that are cut; with packing, shorter ones share a row without seeing each other.</summary>
    [Range(2, 1_048_576)]
    [Unit("tokens")]
    public int BlockSize { get; init; } = 1024;

    /// <summary>Fill every row to block_size with the next document (the last, shorter row is kept). Off: one row per piece of a document.</summary>
    public bool Packing { get; init; } = true;
}
