namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>A tensor filled with a value; without dtype, of the value's type.</summary>
    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.full(size, value, dtype, device), requires_grad);

    /// <summary>A tensor filled with a value; without dtype, of the value's type.</summary>
    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.full(size, value, dtype, device), requires_grad);

    /// <summary>A tensor filled with a value; without dtype, of the value's type.</summary>
    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.full([size], value, dtype, device), requires_grad);

    /// <summary>A tensor filled with a value; without dtype, of the value's type.</summary>
    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.full([rows, columns], value, dtype, device), requires_grad);

    /// <summary>A tensor filled with a value; without dtype, of the value's type.</summary>
    public static Tensor full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.full([dim0, dim1, dim2], value, dtype, device), requires_grad);

    /// <summary>A tensor filled with a value; without dtype, of the value's type.</summary>
    public static Tensor full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.full([dim0, dim1, dim2, dim3], value, dtype, device), requires_grad);

    /// <summary>start, start + step, ... below stop. Without dtype: Int64 for integers, else the default floating-point type.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.arange(start, stop, step, dtype, device), requires_grad);

    /// <summary>start, start + 1, ... below stop.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>0, 1, ... below stop.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>steps numbers from start to end, both included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.linspace(start, end, steps, dtype, device), requires_grad);

    /// <summary>The identity matrix [rows, rows].</summary>
    public static Tensor eye(long rows, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Leaf(Aten.eye(rows, dtype, device), requires_grad);

    private static Tensor Leaf(Tensor tensor, bool requiresGrad) => requiresGrad ? tensor.requires_grad_() : tensor;
}
