namespace MedicalGpt.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>This tensor as another dtype; itself (a new reference) where nothing changes, unless copy.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Convert(type, null, copy, disposeAfter, non_blocking);

        /// <summary>This tensor on another device; itself (a new reference) where nothing changes, unless copy.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Convert(null, device, copy, disposeAfter, non_blocking);

        /// <summary>This tensor as another dtype on another device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Convert(type, device, copy, disposeAfter, non_blocking);

        /// <summary>This tensor on another device, by name.</summary>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Convert(null, new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>This tensor as another dtype.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Convert(type, null, copy, disposeAfter, non_blocking);

        /// <summary>This tensor as another dtype.</summary>
        public Tensor type(ScalarType dtype) => Convert(dtype, null, false, false, false);

        /// <summary>This tensor with the dtype and device of another.</summary>
        public Tensor type_as(Tensor tensor) => Convert(tensor.dtype, tensor.device, false, false, false);

        /// <summary>In the processor's memory.</summary>
        public Tensor cpu() => Convert(null, CPU, false, false, false);

        /// <summary>On an NVIDIA GPU.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => Convert(null, device ?? CUDA, false, false, non_blocking);

        /// <summary>As Float32.</summary>
        public Tensor @float() => to(ScalarType.Float32);

        /// <summary>As Float64.</summary>
        public Tensor @double() => to(ScalarType.Float64);

        /// <summary>As Int64.</summary>
        public Tensor @long() => to(ScalarType.Int64);

        /// <summary>As Int32.</summary>
        public Tensor @int() => to(ScalarType.Int32);

        /// <summary>As Bool.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>As unsigned 8 bit.</summary>
        public Tensor @byte() => to(ScalarType.Byte);

        /// <summary>As Float16.</summary>
        public Tensor half() => to(ScalarType.Float16);

        /// <summary>As BFloat16.</summary>
        public Tensor bfloat16() => to(ScalarType.BFloat16);

        /// <summary>A second handle of the same native tensor.</summary>
        public Tensor alias()
        {
            Interop.NativeMethods.mg_tensor_retain(Handle);
            var result = new Tensor(Handle);
            GC.KeepAlive(this);
            return result;
        }

        private Tensor Convert(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var info = Info();
            var sameType = type is null || (int)type == info.Type;
            var sameDevice = device is null || ((int)device.type == info.DeviceType && (device.index < 0 || device.index == info.DeviceIndex));
            var result = sameType && sameDevice && !copy ? alias() : Aten._to_copy(this, type ?? (ScalarType)info.Type, device, nonBlocking);
            if (disposeAfter) Dispose();
            return result;
        }
    }
}
