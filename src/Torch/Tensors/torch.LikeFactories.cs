namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>A tensor of arbitrary content with input's shape, and its dtype and device unless given.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.empty_like(input, dtype, device), requires_grad);

    /// <summary>A tensor of zeros with input's shape, and its dtype and device unless given.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.zeros_like(input, dtype, device), requires_grad);

    /// <summary>A tensor of ones with input's shape, and its dtype and device unless given.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.ones_like(input, dtype, device), requires_grad);

    /// <summary>A tensor of uniform numbers in [0, 1) with input's shape, and its dtype and device unless given.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.rand_like(input, dtype, device), requires_grad);

    /// <summary>A tensor of standard normal numbers with input's shape, and its dtype and device unless given.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.randn_like(input, dtype, device), requires_grad);

    /// <summary>A tensor filled with value, of input's shape, and its dtype and device unless given.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.full_like(input, value, dtype, device), requires_grad);

    public partial class Tensor
    {
        /// <summary>A tensor of zeros with this shape, dtype and device unless given.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.zeros_like(this, dtype, device, requires_grad);

        /// <summary>A tensor of ones with this shape, dtype and device unless given.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.ones_like(this, dtype, device, requires_grad);

        /// <summary>A tensor of arbitrary content with this shape, dtype and device unless given.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.empty_like(this, dtype, device, requires_grad);

        /// <summary>Standard normal numbers with this shape, dtype and device unless given.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.randn_like(this, dtype, device, requires_grad);

        /// <summary>Uniform numbers with this shape, dtype and device unless given.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.rand_like(this, dtype, device, requires_grad);

        /// <summary>A tensor filled with value, of this shape, dtype and device unless given.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.full_like(this, value, dtype, device, requires_grad);

        /// <summary>A tensor of zeros with this dtype and device unless given.</summary>
        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => zeros(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor of arbitrary content with this dtype and device unless given.</summary>
        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => empty(size, dtype ?? this.dtype, device ?? this.device, requires_grad);

        /// <summary>A tensor filled with value, with this dtype and device unless given.</summary>
        public Tensor new_full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => full(size, value, dtype ?? this.dtype, device ?? this.device, requires_grad);
    }
}
