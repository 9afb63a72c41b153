using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch.Extras;

/// <summary>Bytes that libtorch's CPU allocator holds for tensors of all threads: temporaries and tensors saved in graphs included, BLAS's own buffers not.</summary>
public static unsafe class TensorMemory
{
    /// <summary>Bytes held now.</summary>
    public static long LiveBytes => Read().LiveBytes;

    /// <summary>Most bytes held at once since the last reset.</summary>
    public static long PeakBytes => Read().PeakBytes;

    /// <summary>Blocks held now.</summary>
    public static long LiveAllocations => Read().LiveAllocations;

    /// <summary>Blocks taken since start.</summary>
    public static long TotalAllocations => Read().TotalAllocations;

    /// <summary>The peak starts again from what is held now.</summary>
    public static void ResetPeak()
    {
        Dispatch.Initialize();
        NativeMethods.mg_memory_reset_peak();
    }

    private static MemoryCounters Read()
    {
        Dispatch.Initialize();
        MemoryCounters counters;
        NativeMethods.mg_memory_get(&counters);
        return counters;
    }
}
