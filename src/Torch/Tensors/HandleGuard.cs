using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

/// <summary>Releases the reference of a tensor that no scope owns once the tensor is unreachable. Tensors in scopes have none, so they cost no finaliser.</summary>
internal sealed class HandleGuard : IDisposable
{
    private nint handle;

    private HandleGuard(nint handle) => this.handle = handle;

    ~HandleGuard() => Free();

    internal static HandleGuard? Create(nint handle) => handle == 0 ? null : new HandleGuard(handle);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the reference up without releasing it.</summary>
    internal void Disarm()
    {
        Interlocked.Exchange(ref handle, 0);
        Dispose();
    }

    private void Free()
    {
        var owned = Interlocked.Exchange(ref handle, 0);
        if (owned != 0) NativeMethods.mg_tensor_release(owned);
    }
}
