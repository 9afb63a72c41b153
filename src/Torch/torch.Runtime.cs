using System.Runtime.InteropServices;
using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Version of the libtorch that the native library was built against.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.mg_torch_version()) ?? "";

    /// <summary>Threads that one operation may use.</summary>
    public static int get_num_threads() => NativeMethods.mg_num_threads();

    /// <summary>Sets the threads that one operation may use.</summary>
    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.mg_set_num_threads(num), "set_num_threads");

    /// <summary>True where an NVIDIA GPU can be used.</summary>
    public static bool cuda_is_available() => NativeMethods.mg_cuda_device_count() > 0;

    /// <summary>True where only deterministic algorithms are allowed (the default here).</summary>
    public static bool are_deterministic_algorithms_enabled() => NativeMethods.mg_deterministic() != 0;
}
