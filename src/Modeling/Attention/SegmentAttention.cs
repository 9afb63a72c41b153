using MedicalGpt.Torch;
using MedicalGpt.Training;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Every token sees its own segment up to itself and the segment's ancestors, in windowed layers the nearest of them only.</summary>
internal sealed class SegmentAttention : IAttention
{
    private readonly AttentionPlan? full;
    private readonly AttentionPlan? windowed;

    private SegmentAttention(AttentionPlan? full, AttentionPlan? windowed)
    {
        this.full = full;
        this.windowed = windowed;
    }

    public IReadOnlyList<Tensor> Tensors => [.. Plans.SelectMany(p => p.Tensors)];

    private IEnumerable<AttentionPlan> Plans => new[] { full, ReferenceEquals(full, windowed) ? null : windowed }.OfType<AttentionPlan>();

    /// <summary>Plans a batch for all layers.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="window">The model's windows; null = none.</param>
    /// <param name="device">Where.</param>
    /// <returns>The attention.</returns>
    public static SegmentAttention Create(SequenceLayout layout, SlidingWindow? window, Device device)
    {
        var narrow = window is not null && layout.Segments.Any(s => s.PositionStart + s.Length > window.Width);
        var full = narrow && window!.Layers.All(l => l) ? null : AttentionPlan.Create(layout, device);
        return new SegmentAttention(full, narrow ? AttentionPlan.Create(layout, device, window!.Width) : full);
    }

    public IAttention With(ReadOnlySpan<Tensor> tensors) => Again(tensors);

    /// <summary>As <see cref="With"/>.</summary>
    public SegmentAttention Again(ReadOnlySpan<Tensor> tensors)
    {
        var first = full?.With(ref tensors);
        return new SegmentAttention(first, ReferenceEquals(full, windowed) ? first : windowed?.With(ref tensors));
    }

    public Tensor Attend(AttentionLayer layer, Tensor query, Tensor key, Tensor value)
    {
        var plan = (layer.Windowed ? windowed : full)!;
        return is_grad_enabled() && (query.requires_grad || key.requires_grad || value.requires_grad)
            ? new SegmentAttentionFunction(plan, layer).Apply(query, key, value)[0]
            : GroupedAttention.Forward(plan, layer, query, key, value);
    }
}
