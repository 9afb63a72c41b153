using System.Globalization;
using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Element type.</summary>
        public ScalarType dtype => (ScalarType)Info().Type;

        /// <summary>Where the data is.</summary>
        public Device device
        {
            get
            {
                var info = Info();
                return info.DeviceType == 0 ? CPU : new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        /// <summary>Kind of device.</summary>
        public DeviceType device_type => (DeviceType)Info().DeviceType;

        /// <summary>Index of the device; -1 for the processor.</summary>
        public int device_index => Info().DeviceIndex;

        /// <summary>Size of each dimension.</summary>
        public unsafe long[] shape
        {
            get
            {
                var info = Info();
                var sizes = new ReadOnlySpan<long>(info.Sizes, info.Dimensions).ToArray();
                GC.KeepAlive(this);
                return sizes;
            }
        }

        /// <summary>Number of dimensions.</summary>
        public long ndim => Info().Dimensions;

        /// <summary>Number of dimensions.</summary>
        public long Dimensions => Info().Dimensions;

        /// <summary>Number of elements.</summary>
        public long NumberOfElements => Info().Elements;

        /// <summary>Bytes per element.</summary>
        public long ElementSize => Info().ElementSize;

        /// <summary>True where no operation produced it, or none that is differentiated.</summary>
        public bool is_leaf => Info().IsLeaf != 0;

        /// <summary>True on an NVIDIA GPU.</summary>
        public bool is_cuda => Info().DeviceType == (int)DeviceType.CUDA;

        /// <summary>Whether backward fills <see cref="grad"/> of this leaf (or passes through it).</summary>
        public bool requires_grad
        {
            get => Info().RequiresGrad != 0;
            set => requires_grad_(value);
        }

        /// <summary>Number of dimensions.</summary>
        public long dim() => Info().Dimensions;

        /// <summary>Number of elements.</summary>
        public long numel() => Info().Elements;

        /// <summary>Bytes per element.</summary>
        public long element_size() => Info().ElementSize;

        /// <summary>Elements between the storage's start and this tensor's first.</summary>
        public long storage_offset() => Info().StorageOffset;

        /// <summary>True where elements lie in row-major order without gaps.</summary>
        public bool is_contiguous() => Info().IsContiguous != 0;

        /// <summary>True for floating-point types.</summary>
        public bool is_floating_point() => Info().IsFloatingPoint != 0;

        /// <summary>True for integer types.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>True in the processor's memory.</summary>
        public bool is_cpu() => Info().DeviceType == 0;

        /// <summary>Size of every dimension.</summary>
        public long[] size() => shape;

        /// <summary>Size of one dimension; negative counts from the end.</summary>
        public unsafe long size(int dim)
        {
            var info = Info();
            var size = info.Sizes[Wrap(dim, info.Dimensions)];
            GC.KeepAlive(this);
            return size;
        }

        /// <summary>Elements between neighbours in every dimension.</summary>
        public unsafe long[] stride()
        {
            var info = Info();
            var strides = new ReadOnlySpan<long>(info.Strides, info.Dimensions).ToArray();
            GC.KeepAlive(this);
            return strides;
        }

        /// <summary>Elements between neighbours in one dimension.</summary>
        public unsafe long stride(int dim)
        {
            var info = Info();
            var stride = info.Strides[Wrap(dim, info.Dimensions)];
            GC.KeepAlive(this);
            return stride;
        }

        /// <summary>Type, shape and device, e.g. <c>Float32[2, 3] on cpu</c>.</summary>
        public override string ToString() => IsInvalid ? "disposed tensor" : string.Create(CultureInfo.InvariantCulture, $"{dtype}[{string.Join(", ", shape)}] on {device}");

        internal unsafe TensorInfo Info()
        {
            TensorInfo info;
            NativeMethods.mg_tensor_get_info(Handle, &info);
            GC.KeepAlive(this);
            return info;
        }

        private int Wrap(int dim, int dimensions)
        {
            var wrapped = dim < 0 ? dim + dimensions : dim;
            if (wrapped < 0 || wrapped >= dimensions) throw new TorchException($"Dimension {dim} does not exist in a tensor of {dimensions} dimension(s): {this}.");
            return wrapped;
        }
    }
}
