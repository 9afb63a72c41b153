using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Operations until disposal build no graph (this thread).</summary>
    public static IDisposable no_grad() => new GradModeGuard(false);

    /// <summary>Operations until disposal build a graph (this thread), also inside no_grad.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradModeGuard(enabled);

    /// <summary>Sets whether operations until disposal build a graph (this thread).</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradModeGuard(mode);

    /// <summary>Whether operations on this thread build a graph.</summary>
    public static bool is_grad_enabled() => NativeMethods.mg_grad_mode() != 0;

    private sealed class GradModeGuard : IDisposable
    {
        private readonly int before = NativeMethods.mg_grad_mode();
        private bool ended;

        internal GradModeGuard(bool enabled) => NativeMethods.mg_set_grad_mode(enabled ? 1 : 0);

        public void Dispose()
        {
            if (ended) return;
            ended = true;
            NativeMethods.mg_set_grad_mode(before);
        }
    }
}
