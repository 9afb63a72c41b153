using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A reference policy: never builds a graph, dropout off.</summary>
/// <param name="model">The model: the policy itself with its adapter off, a frozen copy, or another folder's.</param>
/// <param name="adapterOff">True = read with the adapters switched off (the base model).</param>
/// <param name="adapter">Read with this adapter of the model alone; null = as the model is.</param>
public sealed class FrozenCausalModel(CausalLanguageModel model, bool adapterOff, string? adapter = null) : ICausalModel
{
    /// <inheritdoc/>
    public int VocabularySize => model.VocabularySize;

    /// <inheritdoc/>
    public TokenReadout Read(SequenceLayout layout, ReadoutRequest request)
    {
        using var other = adapterOff ? model.WithoutAdapter() : adapter is null ? null : model.WithAdapter(adapter);
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
