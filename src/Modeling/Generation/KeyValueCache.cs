using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// Keys and values of the tokens so far, right-aligned at the end of the prompts, so that every row writes its next token into the same column.
/// Layers with a sliding window keep as many columns as the window has: column c lies in slot c mod width.
/// On a processor they are fp32 in every precision (a bf16 product with a single row is slow there); outside every dispose scope.
/// </summary>
internal sealed class KeyValueCache : IAttention, IDisposable
{
    private readonly Tensor[] keys;
    private readonly Tensor[] values;
    private readonly int capacity;
    private readonly int window;
    private Tensor? hidden;

    public KeyValueCache(DecoderOptions options, int rows, int capacity, ScalarType format, Device device)
    {
        Rows = rows;
        this.capacity = capacity;
        window = options.Window is { } given ? Math.Min(given.Width, capacity) : capacity;
        Tensor Fresh(int layer) => empty([rows, options.KeyValueHeadCount, options.Window?.Layers[layer] == true ? window : capacity, options.HeadDimension], format, device).DetachFromDisposeScope();
        keys = [.. Enumerable.Range(0, options.LayerCount).Select(Fresh)];
        values = [.. Enumerable.Range(0, options.LayerCount).Select(Fresh)];
    }

    public int Rows { get; private set; }

    /// <summary>Columns so far; the next token is this one.</summary>
    public int Length { get; set; }

    public IReadOnlyList<Tensor> Tensors => [];

    /// <summary>Bytes of a row.</summary>
    /// <param name="options">The model's shape.</param>
    /// <param name="capacity">Columns.</param>
    /// <returns>Bytes in fp32.</returns>
    public static long RowBytes(DecoderOptions options, long capacity)
    {
        var columns = Enumerable.Range(0, options.LayerCount).Sum(layer => options.Window?.Layers[layer] == true ? Math.Min(capacity, options.Window.Width) : capacity);
        return 2L * 4 * options.KeyValueHeadCount * options.HeadDimension * columns;
    }

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

        void Put(Tensor cache, Tensor flat)
        {
            var width = (int)cache.shape[2];
            var kept = Math.Min(columns, width);
            var rows = flat.index_select(0, index.view([Rows, columns]).narrow(1, columns - kept, kept).reshape([-1])).view([Rows, kept, flat.shape[1], flat.shape[2]]).permute([0, 2, 1, 3]);
            // The first kept column may fall into the middle of the ring.
            var slot = (columns - kept) % width;
            var first = Math.Min(kept, width - slot);
            cache.narrow(2, slot, first).copy_(rows.narrow(2, 0, first));
            if (first < kept)
                cache.narrow(2, 0, kept - first).copy_(rows.narrow(2, first, kept - first));
        }
    }

    /// <summary>Hides the columns before each row's first token.</summary>
    /// <param name="starts">First column of each row.</param>
    public void HideBefore(long[] starts)
    {
        if (starts.All(s => s == 0))
            return;
        using var scope = NewDisposeScope();
        hidden = arange(capacity, ScalarType.Int64).view([1, 1, -1]).lt(tensor(starts).view([-1, 1, 1])).to(keys[0].device).DetachFromDisposeScope();
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

    /// <summary>One new token per row attends to everything before it that the layer sees, and to itself.</summary>
    public Tensor Attend(AttentionLayer layer, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var (heads, groups, dimension) = (query.shape[1], key.shape[1], key.shape[2]);
        var (cachedKeys, cachedValues) = (keys[layer.Index], values[layer.Index]);
        var width = (int)cachedKeys.shape[2];
        var seen = Math.Min(Length + 1, width);
        cachedKeys.select(2, Length % width).copy_(key);
        cachedValues.select(2, Length % width).copy_(value);
        var q = query.to(cachedKeys.dtype).view([Rows * groups, heads / groups, dimension]);
        var scores = q.bmm(Seen(cachedKeys).transpose(1, 2)).to(ScalarType.Float32).mul_(layer.Scale);
        if (layer.SoftCap is { } cap)
            scores.div_(cap).tanh_().mul_(cap);
        if (hidden is not null)
            scores.view([Rows, heads, seen]).masked_fill_(Hidden(hidden, width), double.NegativeInfinity);
        var mixed = scores.softmax(-1).to(cachedKeys.dtype).bmm(Seen(cachedValues));
        return mixed.view([Rows, heads, dimension]).to(query.dtype).MoveToOuterDisposeScope();

        Tensor Seen(Tensor cache) => cache.narrow(2, 0, seen).reshape([Rows * groups, seen, dimension]);
    }

    public void Dispose()
    {
        foreach (var cache in keys.Concat(values))
            cache.Dispose();
        hidden?.Dispose();
    }

    // What of the slots is hidden: those up to the newest hold this round's columns, the others those of the round before.
    private Tensor Hidden(Tensor columns, int width)
    {
        if (Length < width)
            return columns.narrow(2, 0, Length + 1);
        var newest = Length % width;
        var recent = columns.narrow(2, Length - newest, newest + 1);
        return newest == width - 1 ? recent : cat([recent, columns.narrow(2, Length - width + 1, width - 1 - newest)], 2);
    }
}
