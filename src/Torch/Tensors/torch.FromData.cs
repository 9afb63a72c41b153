namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<float>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>(dataArray, [dataArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>(dataArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<int>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<short>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(short[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<short>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(sbyte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<sbyte>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(sbyte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<sbyte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<byte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A vector of the array's elements (copied), converted to dtype where given.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A tensor of the array's elements (copied) in row-major order.</summary>
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A matrix of the array's elements (copied).</summary>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<float>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor [a, b, c] of the array's elements (copied).</summary>
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<float>(rawArray, dtype, device, requires_grad);

    /// <summary>A matrix of the array's elements (copied).</summary>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<double>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor [a, b, c] of the array's elements (copied).</summary>
    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<double>(rawArray, dtype, device, requires_grad);

    /// <summary>A matrix of the array's elements (copied).</summary>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<long>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor [a, b, c] of the array's elements (copied).</summary>
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<long>(rawArray, dtype, device, requires_grad);

    /// <summary>A matrix of the array's elements (copied).</summary>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<int>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor [a, b, c] of the array's elements (copied).</summary>
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<int>(rawArray, dtype, device, requires_grad);

    /// <summary>A matrix of the array's elements (copied).</summary>
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<bool>(rawArray, dtype, device, requires_grad);

    /// <summary>A tensor [a, b, c] of the array's elements (copied).</summary>
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        CopyArray<bool>(rawArray, dtype, device, requires_grad);

    /// <summary>A scalar tensor.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        Copy<float>([scalar], [], null, device, requires_grad);

    /// <summary>A scalar tensor.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>([scalar], [], dtype, device, requires_grad);

    /// <summary>A scalar tensor.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>([scalar], [], dtype, device, requires_grad);

    /// <summary>A scalar tensor.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        Copy<int>([scalar], [], null, device, requires_grad);

    /// <summary>A scalar tensor.</summary>
    public static Tensor tensor(bool scalar, Device? device = null, bool requires_grad = false) =>
        Copy<bool>([scalar], [], null, device, requires_grad);

    private static unsafe Tensor Copy<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged
    {
        long expected = 1;
        foreach (var size in dimensions) expected = checked(expected * size);
        if (expected != elements.Length) throw new TorchException($"tensor: {elements.Length} element(s) do not fill the shape [{string.Join(", ", dimensions.ToArray())}], which holds {expected}.");
        var result = Aten.empty(dimensions, Utils.ElementTypes.Of<T>(), null);
        if (elements.Length > 0) elements.CopyTo(new Span<T>(result.Info().Data, elements.Length));
        if ((dtype ?? result.dtype) != result.dtype || (device is not null && device.type != DeviceType.CPU))
        {
            using var unconverted = result;
            result = Aten._to_copy(unconverted, dtype ?? unconverted.dtype, device, false);
        }

        return Leaf(result, requiresGrad);
    }

    private static Tensor CopyArray<T>(Array array, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged
    {
        var dimensions = new long[array.Rank];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = array.GetLongLength(i);
        var elements = new T[array.Length];
        Buffer.BlockCopy(array, 0, elements, 0, Buffer.ByteLength(array));
        return Copy<T>(elements, dimensions, dtype, device, requiresGrad);
    }
}
