using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A layer or a part of one, from the residual stream to the residual stream, that <see cref="Recomputation"/> can run again.</summary>
/// <param name="Forward">[N, H] to [N, H].</param>
/// <param name="Parameters">Every weight that takes part.</param>
internal sealed record LayerPart(Func<Tensor, LayerPass, Tensor> Forward, IEnumerable<ModelParameter> Parameters);
