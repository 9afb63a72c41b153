using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Keys and values of the tokens so far, right-aligned at the end of the prompts, so that every row writes its next token into the same column.
/// On a processor they are fp32 in every precision (a bf16 product with a single row is slow there); outside every dispose scope.
/// </summary>
internal sealed class KeyValueCache : IAttention, IDisposable
{
    private readonly Tensor[] keys;
    private readonly Tensor[] values;
    private Tensor? hidden;

    public KeyValueCache(DecoderOptions options, int rows, int capacity, ScalarType format, Device device)
    {
        Rows = rows;
        long[] shape = [rows, options.KeyValueHeadCount, capacity, options.HeadDimension];
        Tensor Fresh() => empty(shape, format, device).DetachFromDisposeScope();
        keys = [.. Enumerable.Range(0, options.LayerCount).Select(_ => Fresh())];
        values = [.. Enumerable.Range(0, options.LayerCount).Select(_ => Fresh())];
    }

    public int Rows { get; private set; }

    /// <summary>Columns in use; the next token goes into this one.</summary>
    public int Length { get; set; }

    public IReadOnlyList<Tensor> Tensors => [];

    public IAttention With(ReadOnlySpan<Tensor> tensors) => this;

    /// <summary>Takes the keys and values of prompts.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="index">For each row and column the flat index of its token (anything before a prompt's start), [rows · columns].</param>
    /// <param name="columns">Length of the longest prompt.</param>
    /// <param name="key">[N, key/value heads, D].</param>
    /// <param name="value">[N, key/value heads, D].</param>
    public void Fill(int layer, Tensor index, int columns, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        Put(keys[layer], key);
        Put(values[layer], value);

        void Put(Tensor cache, Tensor flat) =>
            cache.narrow(2, 0, columns).copy_(flat.index_select(0, index).view([Rows, columns, flat.shape[1], flat.shape[2]]).permute([0, 2, 1, 3]));
    }

    /// <summary>Hides the columns before each row's first token.</summary>
    /// <param name="starts">First column of each row.</param>
    public void HideBefore(long[] starts)
    {
        if (starts.All(s => s == 0))
            return;
        using var scope = NewDisposeScope();
        hidden = arange(keys[0].shape[2], ScalarType.Int64).view([1, 1, -1]).lt(tensor(starts).view([-1, 1, 1])).to(keys[0].device).DetachFromDisposeScope();
    }

    /// <summary>Keeps some rows only.</summary>
    /// <param name="rows">Their indices.</param>
    public void Keep(long[] rows)
    {
        using var scope = NewDisposeScope();
        var index = tensor(rows).to(keys[0].device);
        foreach (var caches in new[] { keys, values })
        {
            for (var i = 0; i < caches.Length; i++)
                caches[i] = Chosen(caches[i]);
        }

        hidden = hidden is null ? null : Chosen(hidden);
        Rows = rows.Length;

        Tensor Chosen(Tensor all)
        {
            var kept = all.index_select(0, index).DetachFromDisposeScope();
            all.Dispose();
            return kept;
        }
    }

    /// <summary>One new token per row attends to everything before it and to itself.</summary>
    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var (heads, groups, dimension) = (query.shape[1], key.shape[1], key.shape[2]);
        keys[layer].select(2, Length).copy_(key);
        values[layer].select(2, Length).copy_(value);
        var q = query.to(keys[layer].dtype).view([Rows * groups, heads / groups, dimension]);
        var scores = q.bmm(Seen(keys[layer]).transpose(1, 2)).to(ScalarType.Float32).mul_(1.0 / Math.Sqrt(dimension));
        if (hidden is not null)
            scores.view([Rows, heads, Length + 1]).masked_fill_(hidden.narrow(2, 0, Length + 1), double.NegativeInfinity);
        var mixed = scores.softmax(-1).to(keys[layer].dtype).bmm(Seen(values[layer]));
        return mixed.view([Rows, heads, dimension]).to(query.dtype).MoveToOuterDisposeScope();

        Tensor Seen(Tensor cache) => cache.narrow(2, 0, Length + 1).view([Rows * groups, Length + 1, dimension]);
    }

    public void Dispose()
    {
        foreach (var cache in keys.Concat(values))
            cache.Dispose();
        hidden?.Dispose();
    }
}
