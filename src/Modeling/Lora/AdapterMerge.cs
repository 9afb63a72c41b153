using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Merges an adapter into its base model's weights and checks the result.</summary>
public static class AdapterMerge
{
    private const int CheckedTokens = 32;

    /// <summary>Merges the adapter of a model and writes a plain folder.</summary>
    /// <param name="model">A model with an adapter; without one afterwards.</param>
    /// <param name="folder">Where to; made when absent.</param>
    /// <returns>The largest difference of a check's results (logits or scores of 32 tokens) between adapter and merged weights.</returns>
    public static double Run(TransformerModel model, string folder)
    {
        var adapter = model.Adapter ?? throw new MedicalGptException("merge: the model has no adapter");
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var layout = SequenceLayout.Create([new Segment([.. Enumerable.Range(0, CheckedTokens).Select(i => (int)(i * 7919L % model.Options.VocabularySize))])]);
        var before = Read(model, layout);
        adapter.Merge();
        var difference = Read(model, layout).sub(before).abs().max().item<float>();
        if (!float.IsFinite(difference))
            throw new MedicalGptException($"merge: the merged weights give results that are not finite; the adapter or its base model is damaged (nothing was written to {folder})");
        ModelFolder.Save(model, folder);
        return difference;
    }

    private static Tensor Read(TransformerModel model, SequenceLayout layout)
    {
        var tokens = Enumerable.Range(0, layout.TokenCount).Select(i => (long)i).ToArray();
        return model switch
        {
            CausalLanguageModel causal => causal.Logits(layout, tokens),
            ScoreModel score => score.Score(layout, tokens),
            _ => throw new ArgumentException($"no check for {model.GetType().Name}", nameof(model)),
        };
    }
}
