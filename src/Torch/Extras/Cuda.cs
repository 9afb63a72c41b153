using System.Runtime.InteropServices;
using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch.Extras;

/// <summary>What this process sees of NVIDIA GPUs. Everything but <see cref="IsBuilt"/>, <see cref="Count"/> and <see cref="AllowTf32"/> throws a <see cref="TorchException"/> where the card is not there.</summary>
public static unsafe class Cuda
{
    private const int NameBytes = 256;

    /// <summary>True where the loaded libtorch was built with CUDA, with or without a card.</summary>
    public static bool IsBuilt
    {
        get
        {
            Dispatch.Initialize();
            return NativeMethods.mg_cuda_built() != 0;
        }
    }

    /// <summary>Cards that can be used.</summary>
    public static int Count
    {
        get
        {
            Dispatch.Initialize();
            return NativeMethods.mg_cuda_device_count();
        }
    }

    /// <summary>True where fp32 matrix products run on tensor cores with 10 bits of mantissa (TF32).</summary>
    public static bool AllowTf32
    {
        get
        {
            Dispatch.Initialize();
            return NativeMethods.mg_cuda_tf32() != 0;
        }

        set
        {
            Dispatch.Initialize();
            NativeMethods.Check(NativeMethods.mg_cuda_set_tf32(value ? 1 : 0), "TF32");
        }
    }

    /// <summary>A card's name, for example NVIDIA H100 80GB HBM3.</summary>
    /// <param name="index">Which card.</param>
    public static string Name(int index)
    {
        Dispatch.Initialize();
        var text = stackalloc byte[NameBytes];
        NativeMethods.Check(NativeMethods.mg_cuda_device_name(index, text, NameBytes), $"name of cuda:{index}");
        return Marshal.PtrToStringUTF8((nint)text) ?? "";
    }

    /// <summary>A card's memory now.</summary>
    /// <param name="index">Which card.</param>
    public static CudaMemory Memory(int index)
    {
        Dispatch.Initialize();
        CudaMemory memory;
        NativeMethods.Check(NativeMethods.mg_cuda_memory_get(index, &memory), $"memory of cuda:{index}");
        return memory;
    }

    /// <summary>The peaks of <see cref="Memory"/> start again from what is held now.</summary>
    /// <param name="index">Which card.</param>
    public static void ResetPeak(int index)
    {
        Dispatch.Initialize();
        NativeMethods.Check(NativeMethods.mg_cuda_reset_peak(index), $"peak of cuda:{index}");
    }
}
