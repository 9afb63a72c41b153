using System.Runtime.CompilerServices;
using MedicalGpt.Torch.Interop;

namespace MedicalGpt.Torch;

/// <summary>Tensors, operators, autograd and optimisers on libtorch, in the dialect of TorchSharp. What only we have is under <see cref="Extras"/>.</summary>
public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of libtorch. Lives in the innermost <see cref="DisposeScope"/> of its thread until that ends, it is moved out or
    /// disposed; outside any scope the garbage collector releases it.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private nint handle;
        private HandleGuard? guard;

        /// <summary>Takes over one reference of a native tensor and enters the current scope.</summary>
        internal Tensor(nint handle)
        {
            this.handle = handle;
            var scope = DisposeScopeManager.Current;
            if (scope is not null) scope.Add(this);
            else guard = HandleGuard.Create(handle);
        }

        /// <summary>Takes over one reference and stays outside every scope.</summary>
        private protected Tensor(nint handle, bool detached)
        {
            this.handle = handle;
            if (detached) guard = HandleGuard.Create(handle);
        }

        /// <summary>Native handle (not owned by the caller); fails once the tensor is disposed.</summary>
        public nint Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if (handle == 0) Disposed();
                return handle;
            }
        }

        /// <summary>True once the tensor is disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>The scope that will dispose this tensor; null outside scopes.</summary>
        internal DisposeScope? OwningScope { get; set; }

        /// <summary>Position in the owning scope.</summary>
        internal int ScopeIndex { get; set; }

        /// <summary>Releases the tensor. Storage goes when its last tensor, view or graph node does.</summary>
        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native reference.</summary>
        /// <param name="disposing">Always true: finalisation is the guard's work.</param>
        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0) return;
            OwningScope?.Remove(this, disposed: true);
            if (guard is not null)
            {
                guard.Dispose();
                guard = null;
                handle = 0;
                return;
            }

            NativeMethods.mg_tensor_release(Surrender());
        }

        /// <summary>Moves this tensor to the scope around the one that holds it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Moves this tensor to another scope; null takes it out of all scopes.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningScope is not null) OwningScope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>Takes this tensor out of its scope: it lives until it is disposed or collected.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }

        /// <summary>Identity, as for any object; use <c>equal</c> or <c>allclose</c> for values.</summary>
        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        /// <inheritdoc/>
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        /// <summary>Gives the native reference to the owning scope, which ends and frees it.</summary>
        internal nint Surrender()
        {
            var owned = handle;
            handle = 0;
            OwningScope = null;
            return owned;
        }

        /// <summary>From now on a scope owns the reference.</summary>
        internal void EnterScope()
        {
            guard?.Disarm();
            guard = null;
        }

        /// <summary>From now on the garbage collector owns the reference.</summary>
        internal void LeaveScope()
        {
            OwningScope = null;
            guard ??= HandleGuard.Create(handle);
        }

        private void Disposed() => throw new ObjectDisposedException(nameof(Tensor), "The tensor was already disposed, probably with the scope that it was made in. Move results out with MoveToOuterDisposeScope().");
    }
}
