using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Torch.Tests;

/// <summary>What earlier tests left to the garbage collector must not change the counts of this one.</summary>
internal static class Garbage
{
    public static long CollectThenLiveBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return TensorMemory.LiveBytes;
    }
}
