using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Merges adapters into their base model's weights and checks the result on samples.</summary>
public static class AdapterMerge
{
    /// <summary>Largest difference in fp32 that is taken for rounding, as a share of the largest result.</summary>
    public const double Bound = 1e-3;

    private const int CheckedTokens = 32;

    /// <summary>Merges the adapters of a model in fp32, writes a plain folder, and compares.</summary>
    /// <param name="model">A model with adapters, loaded in fp32; without them afterwards.</param>
    /// <param name="folder">Where to; made when absent.</param>
    /// <param name="shares">How much of which adapter; null = all of the active ones.</param>
    /// <param name="samples">Token ids of sample prompts; null = 32 tokens spread over the vocabulary.</param>
    /// <param name="largestShard">Most bytes of a weight file; null = files as those of the base model.</param>
    /// <returns>The largest differences of logits or scores to the unmerged model.</returns>
    /// <exception cref="MedicalGptException">The merged weights do not compute what the adapters did; nothing is written.</exception>
    public static MergeReport Run(TransformerModel model, string folder, IReadOnlyList<AdapterShare>? shares = null, IReadOnlyList<int[]>? samples = null, long? largestShard = null)
    {
        shares ??= [.. model.Adapters.Where(a => a.IsActive).Select(a => new AdapterShare(a, 1))];
        if (shares.Count == 0)
            throw new MedicalGptException("merge: the model has no adapter");
        var packed = model.Parameters.Count(p => p.IsPacked);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var layout = SequenceLayout.Create((samples ?? [[.. Enumerable.Range(0, CheckedTokens).Select(i => (int)(i * 7919L % model.Options.VocabularySize))]]).Select(ids => new Segment(ids)).ToList());
        var comparable = shares is [{ Weight: 1 }] || !shares.Any(s => s.Adapter.Replaces);
        foreach (var share in shares)
            share.Adapter.Share = share.Weight;
        model.Activate([.. shares.Select(s => s.Adapter.Name)]);
        var before = Read(model, layout);
        WeightMerge.Apply(model, shares, temporary: false);
        var merged = Read(model, layout);
        var difference = comparable ? Largest(merged.sub(before)) : 0;
        var largest = Largest(before);
        if (!double.IsFinite(difference) || !double.IsFinite(Largest(merged)))
            throw new MedicalGptException($"merge: the merged weights give results that are not finite; the adapter or its base model is damaged (nothing was written)");
        if (difference > Bound * Math.Max(1, largest))
            throw new MedicalGptException($"merge: merged and unmerged model differ by {difference:0.0e+0} on sample tokens, more than rounding explains (results go up to {largest:0.###}); nothing was written");
        foreach (var parameter in model.Parameters.Where(p => !p.IsPacked && p.FileFormat != ScalarType.Float32))
            parameter.Set(parameter.Value.to(parameter.FileFormat), ScalarType.Float32, false);
        var cast = Largest(Read(model, layout).sub(merged));
        ModelFolder.Save(model, folder, largestShard);
        return new MergeReport(comparable ? difference : null, cast, largest) { Dequantized = packed };
    }

    private static double Largest(Tensor tensor) => tensor.abs().max().item<float>();

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
