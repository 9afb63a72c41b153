using System.Runtime.InteropServices;

namespace MedicalGpt.Torch.Interop;

/// <summary>mg_tensor_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorInfo
{
    internal long* Sizes;
    internal long* Strides;
    internal void* Data;
    internal long Elements;
    internal long StorageOffset;
    internal long StorageBytes;
    internal int Dimensions;
    internal int Type;
    internal int ElementSize;
    internal int DeviceType;
    internal int DeviceIndex;
    internal byte RequiresGrad;
    internal byte IsLeaf;
    internal byte IsContiguous;
    internal byte IsFloatingPoint;
}

/// <summary>mg_memory_stats.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MemoryCounters
{
    internal long LiveBytes;
    internal long PeakBytes;
    internal long LiveAllocations;
    internal long TotalAllocations;
}
