using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>The loss of a micro-batch, already divided by its denominators.</summary>
/// <param name="Loss">Scalar fp32; the trainer calls backward on it.</param>
public sealed record LossResult(Tensor Loss)
{
    /// <summary>Metrics of the micro-batch.</summary>
    public Metrics Metrics { get; init; } = new();
}
