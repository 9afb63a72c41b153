using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Derivatives by the head's inputs, summed over chunks; null for weights that are frozen or absent.</summary>
internal sealed record HeadGradients(Tensor Hidden, Tensor? Weight, Tensor? LoraA, Tensor? LoraB)
{
    public static HeadGradients Zero(Tensor hidden, ModelParameter weight, LoraBranch? lora) => new(
        empty_like(hidden),
        Zero(weight),
        Zero(lora?.A),
        Zero(lora?.B));

    /// <summary>Adds one chunk.</summary>
    /// <param name="start">First row.</param>
    /// <param name="rows">States, [c, H].</param>
    /// <param name="byLogits">Derivative by the logits, fp32 [c, V].</param>
    /// <param name="weight">The head's weight in the compute format, [V, H].</param>
    /// <param name="lora">The head's branch.</param>
    public void Add(long start, Tensor rows, Tensor byLogits, Tensor weight, LoraBranch? lora)
    {
        var narrow = byLogits.to(weight.dtype);
        var byRows = narrow.matmul(weight);
        if (lora is not null)
        {
            var wide = rows.to(ScalarType.Float32);
            var byInner = byLogits.matmul(lora.B.Value).mul_(lora.Scale);
            byRows = byRows.add(byInner.matmul(lora.A.Value).to(byRows.dtype));
            LoraA?.addmm_(byInner.t(), wide);
            LoraB?.addmm_(byLogits.t(), wide.matmul(lora.A.Value.t()).mul_(lora.Scale));
        }

        Hidden.narrow(0, start, rows.shape[0]).copy_(byRows);
        if (Weight is null)
            return;
        if (narrow.dtype == Weight.dtype)
            Weight.addmm_(narrow.t(), rows);
        else
            Weight.add_(narrow.t().matmul(rows));
    }

    public HeadGradients MoveToOuterScope() =>
        new(Hidden.MoveToOuterDisposeScope(), Weight?.MoveToOuterDisposeScope(), LoraA?.MoveToOuterDisposeScope(), LoraB?.MoveToOuterDisposeScope());

    private static Tensor? Zero(ModelParameter? parameter) => parameter is { IsTrained: true } ? zeros_like(parameter.Value) : null;
}
