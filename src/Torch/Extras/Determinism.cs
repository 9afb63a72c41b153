using MedicalGpt.Torch.Interop;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>Deterministic algorithms are on everywhere; this lets a piece of work use others.</summary>
public static class Determinism
{
    /// <summary>Runs work with operators that have no deterministic form on a GPU (cumsum of floats). On the processor nothing changes.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="device">Where the work computes.</param>
    /// <param name="work">The work.</param>
    /// <returns>Its result.</returns>
    public static T Without<T>(Device device, Func<T> work)
    {
        if (device.type != DeviceType.CUDA || !are_deterministic_algorithms_enabled())
            return work();
        NativeMethods.mg_set_deterministic(0, 0);
        try
        {
            return work();
        }
        finally
        {
            NativeMethods.mg_set_deterministic(1, 0);
        }
    }
}
