using System.Collections;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Utils;

/// <summary>Reads and writes elements of a tensor in the processor's memory, in row-major order whatever its strides.</summary>
/// <typeparam name="T">Type of one element; must have the size and kind of the tensor's dtype.</typeparam>
public sealed class TensorAccessor<T> : IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor tensor;

    internal TensorAccessor(Tensor tensor)
    {
        if (ElementTypes.Of<T>() != tensor.dtype) throw new TorchException($"data<{typeof(T).Name}>: {tensor} holds {tensor.dtype}; read it as {ElementTypes.NameOf(tensor.dtype)} or convert with to(ScalarType.{ElementTypes.Of<T>()}).");
        if (!tensor.is_cpu()) throw new TorchException($"data<{typeof(T).Name}>: {tensor} is not in the processor's memory; call cpu() first.");
        this.tensor = tensor;
    }

    /// <summary>Number of elements.</summary>
    public long Count => tensor.numel();

    /// <summary>One element by its coordinates.</summary>
    public unsafe T this[params long[] indices]
    {
        get => *Address(indices);
        set => *Address(indices) = value;
    }

    /// <summary>All elements in row-major order.</summary>
    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>Copies elements in row-major order, from tensorIndex on, to array from arrayIndex on.</summary>
    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        using var contiguous = tensor.detach().contiguous();
        var count = checked((int)(contiguous.numel() - tensorIndex));
        new ReadOnlySpan<T>((T*)contiguous.Info().Data + tensorIndex, count).CopyTo(array[arrayIndex..]);
        GC.KeepAlive(contiguous);
    }

    /// <summary>Writes a contiguous tensor's elements in row-major order.</summary>
    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (!tensor.is_contiguous()) throw new TorchException($"CopyFrom: {tensor} is not contiguous.");
        var target = new Span<T>((T*)tensor.Info().Data + tensorIndex, checked((int)(Count - tensorIndex)));
        array[arrayIndex..].CopyTo(target);
        GC.KeepAlive(tensor);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private unsafe T* Address(long[] indices)
    {
        var info = tensor.Info();
        if (indices.Length != info.Dimensions) throw new TorchException($"data[{string.Join(", ", indices)}]: {tensor} has {info.Dimensions} dimension(s).");
        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= info.Sizes[i]) throw new TorchException($"data[{string.Join(", ", indices)}] is outside {tensor}.");
            offset += indices[i] * info.Strides[i];
        }

        return (T*)info.Data + offset;
    }
}
