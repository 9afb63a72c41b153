using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>What the trainer asks of the tensor library as a whole.</summary>
internal static class TensorRuntime
{
    /// <summary>Version of the loaded libtorch.</summary>
    public static string Version => __version__;

    /// <summary>Threads an operation may use.</summary>
    public static int Threads => get_num_threads();

    /// <summary>Highest total size of live tensors so far, bytes.</summary>
    public static long PeakTensorBytes => MedicalGpt.Torch.Extras.TensorMemory.PeakBytes;

    /// <summary>Seeds everything the tensor library draws (dropout).</summary>
    public static void Seed(long seed) => manual_seed(seed);
}
