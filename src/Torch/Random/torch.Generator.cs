using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>A source of random numbers.</summary>
    public sealed class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A generator of its own, started from a seed.</summary>
        public unsafe Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            nint result = 0;
            Dispatch.Initialize();
            NativeMethods.Check(NativeMethods.mg_generator_new((int)this.device.type, this.device.index, seed, &result), "Generator");
            handle = result;
        }

        private Generator(nint handle, Device device)
        {
            this.handle = handle;
            this.device = device;
        }

        /// <summary>Releases the native generator.</summary>
        ~Generator() => Release();

        /// <summary>The processor's default generator.</summary>
        public static Generator Default => OfDevice(CPU);

        /// <summary>Where its numbers are made.</summary>
        public Device device { get; }

        /// <summary>Native handle.</summary>
        public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Starts again from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.mg_generator_seed(Handle, unchecked((ulong)seed)), "manual_seed");
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>The whole state as bytes.</summary>
        public unsafe Tensor get_state()
        {
            nint result = 0;
            NativeMethods.Check(NativeMethods.mg_generator_get_state(Handle, &result), "get_state");
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        /// <summary>Restores a state that get_state gave.</summary>
        public void set_state(Tensor value)
        {
            NativeMethods.Check(NativeMethods.mg_generator_set_state(Handle, value.Handle), "set_state");
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        /// <summary>The seed that it was started from.</summary>
        public long initial_seed() => unchecked((long)NativeMethods.mg_generator_initial_seed(Handle));

        /// <inheritdoc/>
        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        internal static unsafe Generator OfDevice(Device device)
        {
            nint result = 0;
            Dispatch.Initialize();
            NativeMethods.Check(NativeMethods.mg_generator_default((int)device.type, device.index, &result), "Generator.Default");
            return new Generator(result, device);
        }

        private void Release()
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0) NativeMethods.mg_generator_release(owned);
        }
    }
}
