using System.Runtime.InteropServices;

namespace MedicalGpt.Torch.Extras;

/// <summary>Memory of an NVIDIA GPU in bytes; -1 = libtorch or the driver does not say.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct CudaMemory
{
    /// <summary>What tensors take.</summary>
    public long Allocated { get; init; }

    /// <summary>Most that tensors took since the last reset.</summary>
    public long PeakAllocated { get; init; }

    /// <summary>What libtorch's allocator holds of the card: tensors, and freed blocks that it keeps for the next ones.</summary>
    public long Reserved { get; init; }

    /// <summary>Most that the allocator held since the last reset.</summary>
    public long PeakReserved { get; init; }

    /// <summary>What no process holds.</summary>
    public long Free { get; init; }

    /// <summary>What the card has.</summary>
    public long Total { get; init; }

    /// <summary>What this process can still get: what nobody holds, and the allocator's freed blocks.</summary>
    public long Available => Free < 0 ? -1 : Free + Math.Max(0, Reserved - Allocated);
}
