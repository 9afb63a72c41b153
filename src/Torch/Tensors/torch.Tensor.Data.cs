using MedicalGpt.Torch.Utils;

namespace MedicalGpt.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Bytes of a contiguous tensor in the processor's memory; valid while the tensor lives.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var info = Info();
                if (info.DeviceType != 0 || info.IsContiguous == 0) throw new TorchException($"bytes: {this} is not a contiguous tensor in the processor's memory; call cpu().contiguous() first.");
                return new Span<byte>(info.Data, checked((int)(info.Elements * info.ElementSize)));
            }
        }

        /// <summary>Access to the elements of a tensor in the processor's memory. T must fit the dtype (float for Float32, long for Int64, bool, BFloat16 ...).</summary>
        public TensorAccessor<T> data<T>()
            where T : unmanaged => new(this);

        /// <summary>The only element, converted to T.</summary>
        public T item<T>()
            where T : unmanaged
        {
            var scalar = Aten._local_scalar_dense(this);
            if (typeof(T) == typeof(bool)) return (T)(object)(scalar.AsDouble() != 0);
            if (typeof(T) == typeof(float)) return (T)(object)(float)scalar.AsDouble();
            if (typeof(T) == typeof(double)) return (T)(object)scalar.AsDouble();
            if (typeof(T) == typeof(long)) return (T)(object)scalar.AsInt64();
            if (typeof(T) == typeof(int)) return (T)(object)checked((int)scalar.AsInt64());
            if (typeof(T) == typeof(byte)) return (T)(object)checked((byte)scalar.AsInt64());
            throw new TorchException($"item<{typeof(T).Name}>: allowed are bool, byte, int, long, float and double; {this} was given.");
        }

        /// <summary>The only element.</summary>
        public Scalar ToScalar() => Aten._local_scalar_dense(this);
    }
}
