using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>State of the default generators of a device, to run a piece of a network a second time with the same dropout.</summary>
public sealed class RandomState : IDisposable
{
    private readonly Device device;
    private readonly Tensor state;

    private RandomState(Device device)
    {
        this.device = device;
        using var generator = Generator.OfDevice(device);
        state = generator.get_state().DetachFromDisposeScope();
    }

    /// <summary>Remembers the state of a device's default generator (null: the processor's).</summary>
    public static RandomState Capture(Device? device = null) => new(device ?? CPU);

    /// <summary>Runs body from the remembered state, then goes on from the state before.</summary>
    public T Replay<T>(Func<T> body)
    {
        using var before = Capture(device);
        Restore();
        try
        {
            return body();
        }
        finally
        {
            before.Restore();
        }
    }

    /// <summary>Puts the remembered state back.</summary>
    public void Restore()
    {
        using var generator = Generator.OfDevice(device);
        generator.set_state(state);
    }

    /// <inheritdoc/>
    public void Dispose() => state.Dispose();
}
