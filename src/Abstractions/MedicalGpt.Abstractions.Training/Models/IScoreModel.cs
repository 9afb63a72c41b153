using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>A model with a one-label head on every token: a reward model or a value model.</summary>
public interface IScoreModel
{
    /// <summary>Scores tokens.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="tokens">Flat indices of the tokens to score, [K].</param>
    /// <returns>fp32 [K]. Differentiable when gradients are on and the model is trained.</returns>
    Tensor Score(SequenceLayout layout, IReadOnlyList<long> tokens);
}
