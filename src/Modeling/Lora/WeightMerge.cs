using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Adapters in a model's weights: W + Σ wᵢ (Wᵢ − W), Wᵢ the weight with adapter i alone, in fp32 and then cast to the weight's format.
/// For plain LoRA that is W + Σ wᵢ sᵢ Bᵢ Aᵢ. A packed weight becomes a full one.
/// </summary>
public sealed class WeightMerge : IDisposable
{
    private readonly List<Action> undo = [];

    private WeightMerge()
    {
    }

    /// <summary>Merges adapters and takes them off, or switches all adapters off until the result is disposed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="shares">Its adapters and how much of each.</param>
    /// <param name="temporary">True = the weights of before are kept beside the merged ones and come back, to the bit, when the result is disposed.</param>
    /// <returns>What undoes it.</returns>
    public static WeightMerge Apply(TransformerModel model, IReadOnlyList<AdapterShare> shares, bool temporary)
    {
        var merge = new WeightMerge();
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (embeddings, tied) = (model.Decoder.Embeddings, ReferenceEquals(model.Head.Weight, model.Decoder.Embeddings.Weight));
        if (tied && Parts(embeddings.Adapters, shares).Any(p => p.Part.ChangesWeight) | Parts(model.Head.Adapters, shares).Any(p => p.Part.ChangesWeight))
            merge.Untie(model, temporary);
        foreach (var layer in model.Linears)
        {
            merge.Replace(layer.Weight, Parts(layer.Adapters, shares).Where(p => p.Part.ChangesWeight), (part, weight) => part.MergedWeight(weight), temporary);
            if (layer.Bias is { } bias)
                merge.Replace(bias, Parts(layer.Adapters, shares).Where(p => p.Part.Bias is not null), (part, _) => part.Bias!.Value, temporary);
        }

        merge.Replace(embeddings.Weight, Parts(embeddings.Adapters, shares), (part, weight) => part.MergedWeight(weight), temporary);
        if (temporary)
        {
            var off = model.WithoutAdapter();
            merge.undo.Add(off.Dispose);
        }
        else
        {
            foreach (var share in shares)
                share.Adapter.Dispose();
        }

        return merge;
    }

    /// <summary>Brings the weights of before back, if they were kept.</summary>
    public void Dispose()
    {
        for (var i = undo.Count - 1; i >= 0; i--)
            undo[i]();
        undo.Clear();
    }

    private static List<(LayerAdapter Part, double Weight)> Parts(IEnumerable<LayerAdapter> parts, IReadOnlyList<AdapterShare> shares) =>
        [.. from part in parts from share in shares where part.BelongsTo(share.Adapter) select (part, share.Weight)];

    private void Replace(ModelParameter parameter, IEnumerable<(LayerAdapter Part, double Weight)> parts, Func<LayerAdapter, Tensor, Tensor> merged, bool temporary)
    {
        using var scope = NewDisposeScope();
        var list = parts.ToList();
        if (list.Count == 0)
            return;
        var (weight, format) = (parameter.Full(), parameter.IsPacked ? ScalarType.Float32 : parameter.Value.dtype);
        var sum = list is [{ Weight: 1 }] ? merged(list[0].Part, weight) : weight.clone();
        foreach (var (part, share) in list is [{ Weight: 1 }] ? [] : list)
            sum.add_(merged(part, weight).sub(weight), share);
        if (temporary)
        {
            var before = parameter.Take();
            undo.Add(() => parameter.Restore(before));
        }

        parameter.Set(ReferenceEquals(sum, list[0].Part.Weight?.Value) || ReferenceEquals(sum, list[0].Part.Bias?.Value) ? sum.clone() : sum, format, false);
    }

    // The table and the head become two weights.
    private void Untie(TransformerModel model, bool temporary)
    {
        var head = new ModelParameter("lm_head.weight", model.Head.Weight.Shape) { FileFormat = model.Head.Weight.FileFormat };
        var (shared, flag) = (model.Head.Weight, model.Config.Json["tie_word_embeddings"]?.DeepClone());
        head.Set(shared.Value.detach().clone(), shared.Value.dtype, false);
        model.Head.Weight = head;
        model.Config.Json["tie_word_embeddings"] = false;
        if (!temporary)
            return;
        undo.Add(() =>
        {
            model.Head.Weight = shared;
            model.Config.Json["tie_word_embeddings"] = flag;
            head.Dispose();
        });
    }
}
