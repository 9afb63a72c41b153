using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>NVIDIA GPUs.</summary>
    public static class cuda
    {
        /// <summary>True where an NVIDIA GPU can be used.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>Number of NVIDIA GPUs.</summary>
        public static int device_count() => NativeMethods.mg_cuda_device_count();

        /// <summary>Waits until a GPU has done all its work.</summary>
        public static void synchronize(Device? device = null) => NativeMethods.Check(NativeMethods.mg_cuda_synchronize(device?.index ?? -1), "synchronize");
    }
}
