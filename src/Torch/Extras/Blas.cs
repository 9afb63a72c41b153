using System.Runtime.InteropServices;
using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch.Extras;

/// <summary>Which library does libtorch's fp32 batched matrix products.</summary>
public static unsafe class Blas
{
    /// <summary>Path of the library that provides sgemm; empty where libtorch has its own.</summary>
    public static string LibraryPath
    {
        get
        {
            Dispatch.Initialize();
            return Marshal.PtrToStringUTF8((nint)NativeMethods.mg_blas_library()) ?? "";
        }
    }

    /// <summary>True for OpenBLAS built with OpenMP, the one that shares libtorch's threads; null where it is not OpenBLAS.</summary>
    public static bool? UsesOpenMp
    {
        get
        {
            Dispatch.Initialize();
            return NativeMethods.mg_blas_threading() switch { < 0 => null, 2 => true, _ => false };
        }
    }
}
