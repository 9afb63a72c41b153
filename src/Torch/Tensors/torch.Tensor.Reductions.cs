namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Largest over dimensions (all if none).</summary>
    public static Tensor amax(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false) => Aten.amax(input, dims, keepdim);

    /// <summary>Smallest over dimensions (all if none).</summary>
    public static Tensor amin(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false) => Aten.amin(input, dims, keepdim);

    /// <summary>Sorted along a dimension, and where each element came from. Equal elements keep their order where stable.</summary>
    public static (Tensor values, Tensor indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) => Aten.sort(input, stable, dim, descending);

    /// <summary>True where shape and all elements agree within atol + rtol * |target|.</summary>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => Aten.allclose(tensor, target, rtol, atol, equal_nan);

    /// <summary>Variance over dimensions.</summary>
    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false) => Aten.var(input, dimensions, unbiased, keepdim);

    /// <summary>Standard deviation over dimensions.</summary>
    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false) => Aten.std(input, dimensions, unbiased, keepdim);

    public partial class Tensor
    {
        /// <summary>Largest over dimensions (all if none).</summary>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false) => Aten.amax(this, dims, keepdim);

        /// <summary>Smallest over dimensions (all if none).</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false) => Aten.amin(this, dims, keepdim);

        /// <summary>Sorted along a dimension, and where each element came from. Equal elements keep their order where stable.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Aten.sort(this, stable, dim, descending);

        /// <summary>The k-th smallest (k from 1) along a dimension and where.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => Aten.kthvalue(this, k, dim ?? -1, keepdim);

        /// <summary>Variance over a dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => Aten.var(this, [dim], unbiased, keepdim);

        /// <summary>Standard deviation over a dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false) => Aten.std(this, [dim], unbiased, keepdim);

        /// <summary>p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => Aten.linalg_vector_norm(this, p, null, false, null);

        /// <summary>p-norm over one dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Aten.linalg_vector_norm(this, p, [dim], keepdim, null);

        /// <summary>A Bool scalar: same shape and elements.</summary>
        public Tensor equal(Tensor target) => tensor(Aten.equal(this, target));

        /// <summary>True where shape and all elements agree within atol + rtol * |target|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => Aten.allclose(this, target, rtol, atol, equal_nan);
    }
}
