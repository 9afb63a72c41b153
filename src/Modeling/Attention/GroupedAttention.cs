using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// softmax(cap(scale · q kᵀ)) v over the groups of a plan, and its derivative. Probabilities are recomputed in the backward pass, so nothing of size
/// own × keys outlives a group. Query heads of one key/value head are stacked as rows, so keys are never repeated.
/// </summary>
internal static class GroupedAttention
{
    /// <summary>The forward pass, without graph.</summary>
    /// <param name="plan">Who sees whom.</param>
    /// <param name="layer">Scale and cap of the scores.</param>
    /// <param name="query">[N, heads, D].</param>
    /// <param name="key">[N, key/value heads, D].</param>
    /// <param name="value">[N, key/value heads, D].</param>
    /// <returns>[N, heads, D].</returns>
    public static Tensor Forward(AttentionPlan plan, AttentionLayer layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var result = EmptyRows(query, plan.TokenCount);
        foreach (var group in plan.Groups)
        {
            using var inner = NewDisposeScope();
            var shape = new GroupShape(query, key);
            var probabilities = Probabilities(group, shape, Scores(layer, Queries(group, shape, query, group.QueryIndex), Keys(group, shape, key)));
            var mixed = probabilities.to(query.dtype).bmm(Keys(group, shape, value));
            PutQueries(group, shape, result, mixed);
        }

        return result.narrow(0, 0, plan.TokenCount).MoveToOuterDisposeScope();
    }

    /// <summary>The backward pass.</summary>
    /// <param name="plan">Who sees whom.</param>
    /// <param name="layer">Scale and cap of the scores.</param>
    /// <param name="query">[N, heads, D].</param>
    /// <param name="key">[N, key/value heads, D].</param>
    /// <param name="value">[N, key/value heads, D].</param>
    /// <param name="output">What <see cref="Forward"/> gave.</param>
    /// <param name="gradient">Derivative by the output, [N, heads, D].</param>
    /// <returns>Derivatives by query, key and value.</returns>
    public static (Tensor Query, Tensor Key, Tensor Value) Backward(AttentionPlan plan, AttentionLayer layer, Tensor query, Tensor key, Tensor value, Tensor output, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var byQuery = EmptyRows(query, plan.TokenCount);
        var byKey = zeros_like(key);
        var byValue = zeros_like(value);
        // Padded queries must have derivative 0: they read a row of zeros behind the tokens.
        var padded = plan.Groups.Any(g => g.ResultIndex is not null) ? cat([gradient, zeros([1, gradient.shape[1], gradient.shape[2]], gradient.dtype, gradient.device)]) : gradient;
        foreach (var group in plan.Groups)
        {
            using var inner = NewDisposeScope();
            var shape = new GroupShape(query, key);
            var q = Queries(group, shape, query, group.QueryIndex);
            var k = Keys(group, shape, key);
            var scores = Scores(layer, q, k);
            // The cap's slope, 1 - tanh².
            var slope = layer.SoftCap is { } cap ? scores.square().div_(-cap * cap).add_(1) : null;
            var probabilities = Probabilities(group, shape, scores);
            var byMixed = Queries(group, shape, padded, group.ResultIndex);
            var inFormat = probabilities.to(query.dtype);
            AddKeys(group, shape, byValue, inFormat.transpose(1, 2).bmm(byMixed));
            var mean = byMixed.to(ScalarType.Float32).mul(Queries(group, shape, output, group.QueryIndex)).sum(-1, true);
            var byCapped = byMixed.bmm(Keys(group, shape, value).transpose(1, 2)).to(ScalarType.Float32).sub_(mean).mul_(probabilities);
            var byScore = (slope is null ? byCapped : byCapped.mul_(slope)).to(query.dtype);
            PutQueries(group, shape, byQuery, byScore.bmm(k).mul_(layer.Scale));
            AddKeys(group, shape, byKey, byScore.transpose(1, 2).bmm(q).mul_(layer.Scale));
        }

        return (byQuery.narrow(0, 0, plan.TokenCount).MoveToOuterDisposeScope(), byKey.MoveToOuterDisposeScope(), byValue.MoveToOuterDisposeScope());
    }

    // fp32 [G · kv, R · S, K].
    private static Tensor Scores(AttentionLayer layer, Tensor q, Tensor k)
    {
        var scores = q.bmm(k.transpose(1, 2)).to(ScalarType.Float32).mul_(layer.Scale);
        return layer.SoftCap is { } cap ? scores.div_(cap).tanh_().mul_(cap) : scores;
    }

    // Of the same shape; writes into the scores.
    private static Tensor Probabilities(AttentionGroup group, GroupShape shape, Tensor scores)
    {
        scores.view([group.Count, shape.Heads, group.Own, group.Keys]).masked_fill_(group.Hidden, double.NegativeInfinity);
        return scores.softmax(-1);
    }

    // [N, heads, D] -> [G · kv, R · S, D].
    private static Tensor Queries(AttentionGroup group, GroupShape shape, Tensor flat, Tensor? index)
    {
        var rows = index is null ? flat.narrow(0, group.QueryStart, group.Count * group.Own) : flat.index_select(0, index);
        return rows.view([group.Count, group.Own, shape.KeyValueHeads, shape.Repeat, shape.Dimension]).permute([0, 2, 3, 1, 4])
            .reshape([group.Count * shape.KeyValueHeads, shape.Repeat * group.Own, shape.Dimension]);
    }

    // [N, kv, D] -> [G · kv, K, D].
    private static Tensor Keys(AttentionGroup group, GroupShape shape, Tensor flat)
    {
        var rows = group.KeyIndex is null ? flat.narrow(0, group.KeyStart, group.Count * group.Keys) : flat.index_select(0, group.KeyIndex);
        return rows.view([group.Count, group.Keys, shape.KeyValueHeads, shape.Dimension]).permute([0, 2, 1, 3])
            .reshape([group.Count * shape.KeyValueHeads, group.Keys, shape.Dimension]);
    }

    // The inverse of Queries; every token is in exactly one group.
    private static void PutQueries(AttentionGroup group, GroupShape shape, Tensor flat, Tensor rows)
    {
        var ordered = rows.view([group.Count, shape.KeyValueHeads, shape.Repeat, group.Own, shape.Dimension]).permute([0, 3, 1, 2, 4]);
        if (group.ResultIndex is null)
            flat.narrow(0, group.QueryStart, group.Count * group.Own).view([group.Count, group.Own, shape.KeyValueHeads, shape.Repeat, shape.Dimension]).copy_(ordered);
        else
            flat.index_copy_(0, group.ResultIndex, ordered.reshape([group.Count * group.Own, shape.Heads, shape.Dimension]));
    }

    // The transpose of Keys; padding carries zeros.
    private static void AddKeys(AttentionGroup group, GroupShape shape, Tensor flat, Tensor rows)
    {
        var ordered = rows.view([group.Count, shape.KeyValueHeads, group.Keys, shape.Dimension]).permute([0, 2, 1, 3]);
        if (group.KeyIndex is null)
            flat.narrow(0, group.KeyStart, group.Count * group.Keys).view([group.Count, group.Keys, shape.KeyValueHeads, shape.Dimension]).add_(ordered);
        else
            flat.index_add_(0, group.KeyIndex, ordered.reshape([group.Count * group.Keys, shape.KeyValueHeads, shape.Dimension]), 1);
    }

    // One row more than tokens: padded queries are written there and thrown away.
    private static Tensor EmptyRows(Tensor like, int tokens) => empty([tokens + 1, like.shape[1], like.shape[2]], like.dtype, like.device);

    private readonly struct GroupShape(Tensor query, Tensor key)
    {
        public long Heads { get; } = query.shape[1];

        public long KeyValueHeads { get; } = key.shape[1];

        public long Repeat { get; } = query.shape[1] / key.shape[1];

        public long Dimension { get; } = key.shape[2];
    }
}
