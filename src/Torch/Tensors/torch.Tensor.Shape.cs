namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Dimensions of size 1 removed: dim, or all.</summary>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    /// <summary>Joined along an existing dimension.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat((IReadOnlyList<Tensor>)tensors.ToArray(), dim);

    public partial class Tensor
    {
        /// <summary>Dimensions of size 1 removed: dim, or all (a view).</summary>
        public Tensor squeeze(long? dim = null) => dim is { } one ? Aten.squeeze(this, one) : Aten.squeeze(this);

        /// <summary>One dimension split into several (a view).</summary>
        public Tensor unflatten(long dim, params long[] sizes)
        {
            var index = (int)(dim < 0 ? dim + ndim : dim);
            var old = shape;
            long[] all = [.. old[..index], .. sizes, .. old[(index + 1)..]];
            return view(all);
        }

        /// <summary>The same storage in the shape of another tensor.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>Shifted along one dimension (or flattened, without dims); those that fall off come back at the start.</summary>
        public Tensor roll(long shifts, long? dims = null) => dims is { } dim ? roll([shifts], [dim]) : roll([shifts], []);

        /// <summary>Pieces of the given sizes along a dimension (views).</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split(sizes.ToArray(), dim);
    }
}
