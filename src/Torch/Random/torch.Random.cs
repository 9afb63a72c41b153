using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Seeds the default generators of all devices; returns the processor's.</summary>
    public static Generator manual_seed(long seed)
    {
        Dispatch.Initialize();
        NativeMethods.Check(NativeMethods.mg_manual_seed(unchecked((ulong)seed)), "manual_seed");
        return Generator.Default;
    }

    /// <summary>State of the processor's default generator.</summary>
    public static Tensor get_rng_state()
    {
        using var generator = Generator.Default;
        return generator.get_state();
    }

    /// <summary>Restores the state of the processor's default generator.</summary>
    public static void set_rng_state(Tensor new_state)
    {
        using var generator = Generator.Default;
        generator.set_state(new_state);
    }
}
