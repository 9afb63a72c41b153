namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>A tensor with arbitrary content.</summary>
    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.empty(size, dtype, device), requires_grad);

    /// <summary>A tensor with arbitrary content.</summary>
    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.empty(size, dtype, device), requires_grad);

    /// <summary>A tensor with arbitrary content.</summary>
    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.empty([size], dtype, device), requires_grad);

    /// <summary>A tensor with arbitrary content.</summary>
    public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.empty([rows, columns], dtype, device), requires_grad);

    /// <summary>A tensor with arbitrary content.</summary>
    public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.empty([dim0, dim1, dim2], dtype, device), requires_grad);

    /// <summary>A tensor with arbitrary content.</summary>
    public static Tensor empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.empty([dim0, dim1, dim2, dim3], dtype, device), requires_grad);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.zeros(size, dtype, device), requires_grad);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.zeros(size, dtype, device), requires_grad);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.zeros([size], dtype, device), requires_grad);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.zeros([rows, columns], dtype, device), requires_grad);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.zeros([dim0, dim1, dim2], dtype, device), requires_grad);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.zeros([dim0, dim1, dim2, dim3], dtype, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.ones(size, dtype, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.ones(size, dtype, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.ones([size], dtype, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.ones([rows, columns], dtype, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.ones([dim0, dim1, dim2], dtype, device), requires_grad);

    /// <summary>A tensor of ones.</summary>
    public static Tensor ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.ones([dim0, dim1, dim2, dim3], dtype, device), requires_grad);
}
