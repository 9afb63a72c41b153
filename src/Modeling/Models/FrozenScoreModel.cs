using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A frozen reward model: never builds a graph, dropout off.</summary>
/// <param name="model">The model.</param>
public sealed class FrozenScoreModel(ScoreModel model) : IScoreModel
{
    /// <inheritdoc/>
    public Tensor Score(SequenceLayout layout, IReadOnlyList<long> tokens)
    {
        using var still = no_grad();
        var dropout = model.Dropout;
        model.Dropout = false;
        try
        {
            return model.Score(layout, tokens);
        }
        finally
        {
            model.Dropout = dropout;
        }
    }
}
