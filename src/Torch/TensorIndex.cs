using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch;

/// <summary>One entry of <c>tensor[...]</c>: an index, a range, a tensor of indices or a mask, a new dimension or the rest.</summary>
public readonly struct TensorIndex
{
    private TensorIndex(TensorIndexKind kind) => Kind = kind;

    /// <summary>As many whole dimensions as are left.</summary>
    public static TensorIndex Ellipsis => new(TensorIndexKind.Ellipsis);

    /// <summary>A new dimension of size 1.</summary>
    public static TensorIndex Null => new(TensorIndexKind.NewDimension);

    /// <summary>A new dimension of size 1.</summary>
    public static TensorIndex None => new(TensorIndexKind.NewDimension);

    /// <summary>A whole dimension.</summary>
    public static TensorIndex Colon => Slice();

    internal TensorIndexKind Kind { get; private init; }

    internal long? Start { get; private init; }

    internal long? Stop { get; private init; }

    internal long Step { get; private init; }

    internal Tensor? Indices { get; private init; }

    /// <summary>One index; negative counts from the end. The dimension disappears.</summary>
    public static implicit operator TensorIndex(long value) => Single(value);

    /// <summary>One index; negative counts from the end. The dimension disappears.</summary>
    public static implicit operator TensorIndex(int value) => Single(value);

    /// <summary>Indices (integers) or a mask (Bool).</summary>
    public static implicit operator TensorIndex(Tensor value) => Tensor(value);

    /// <summary>A range: <c>1..3</c>, <c>..^1</c>.</summary>
    public static implicit operator TensorIndex(Range value) => new(TensorIndexKind.Slice)
    {
        Start = value.Start.IsFromEnd ? -value.Start.Value : value.Start.Value,
        Stop = !value.End.IsFromEnd ? value.End.Value : value.End.Value == 0 ? null : -value.End.Value,
        Step = 1,
    };

    /// <summary>start, start + step, ... below stop.</summary>
    public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(TensorIndexKind.Slice) { Start = start, Stop = stop, Step = step ?? 1 };

    /// <summary>One index; negative counts from the end.</summary>
    public static TensorIndex Single(long? index) => new(TensorIndexKind.Single) { Start = index };

    /// <summary>Indices (integers) or a mask (Bool).</summary>
    public static TensorIndex Tensor(Tensor tensor) => new(TensorIndexKind.Tensor) { Indices = tensor };
}
