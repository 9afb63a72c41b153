using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A reference policy: never builds a graph, dropout off.</summary>
/// <param name="model">The model: the policy itself with its adapter off, a frozen copy, or another folder's.</param>
/// <param name="adapterOff">True = read with the adapter switched off (the base model).</param>
public sealed class FrozenCausalModel(CausalLanguageModel model, bool adapterOff) : ICausalModel
{
    /// <inheritdoc/>
    public int VocabularySize => model.VocabularySize;

    /// <inheritdoc/>
    public TokenReadout Read(SequenceLayout layout, ReadoutRequest request)
    {
        using var off = adapterOff ? model.WithoutAdapter() : null;
        using var still = no_grad();
        var dropout = model.Dropout;
        model.Dropout = false;
        try
        {
            return model.Read(layout, request);
        }
        finally
        {
            model.Dropout = dropout;
        }
    }
}
