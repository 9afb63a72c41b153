using MedicalGpt.Options;
using MedicalGpt.Training.Packing;

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

    /// <summary>How documents share rows: wrapped (filled in order, cut at the border, nothing lost), bfd_split (best fit, longer documents in pieces, nothing lost), bfd (best fit; a longer document loses what is beyond block_size, which is counted).</summary>
    public PackingStrategy PackingStrategy { get; init; } = PackingStrategy.Wrapped;
}
