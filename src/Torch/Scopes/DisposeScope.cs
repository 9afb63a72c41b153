using MedicalGpt.Torch.Interop;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch;

/// <summary>
/// Disposes, when it ends, every tensor made on its thread since it began that was not moved out. Scopes nest; end them in reverse order
/// (<c>using var scope = torch.NewDisposeScope();</c>). Must not be held across an <c>await</c>.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScope? outer;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly ThreadDisposeScopeStatistics statistics = DisposeScopeManager.Statistics;
    private Tensor?[] items = new Tensor?[16];
    private int count;
    private int live;
    private bool ended;

    internal DisposeScope()
    {
        outer = DisposeScopeManager.Current;
        DisposeScopeManager.Current = this;
    }

    /// <summary>Number of tensors that this scope holds.</summary>
    public int DisposablesCount => live;

    /// <summary>True where this scope holds the tensor.</summary>
    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && tensor.OwningScope == this;

    /// <summary>Takes a tensor out of all scopes; it lives until disposed or collected.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        if (disposable is Tensor tensor && tensor.OwningScope == this)
        {
            Remove(tensor, disposed: false);
            tensor.LeaveScope();
            statistics.DetachedFromScopeCount++;
        }

        return disposable;
    }

    /// <summary>Puts a tensor into this scope, whichever held it before.</summary>
    public void Attach(IDisposable disposable)
    {
        if (disposable is not Tensor tensor || tensor.OwningScope == this) return;
        if (tensor.OwningScope is not null)
        {
            tensor.OwningScope.MoveToOther(this, tensor);
            return;
        }

        tensor.EnterScope();
        Place(tensor);
        statistics.AttachedToScopeCount++;
    }

    /// <summary>Moves a tensor to the scope around this one, or out of all scopes.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(outer, disposable);

    /// <summary>Moves several tensors to the scope around this one.</summary>
    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) MoveToOther(outer, disposable);
    }

    /// <summary>Moves a tensor to another scope; null takes it out of all.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        if (disposable is not Tensor tensor || tensor.OwningScope != this || scope == this) return disposable;
        if (scope is null) return Detach(disposable);
        Remove(tensor, disposed: false);
        scope.Place(tensor);
        return disposable;
    }

    /// <summary>Disposes every tensor that this scope holds; the scope goes on.</summary>
    public unsafe void DisposeEverything()
    {
        statistics.DisposedInScopeCount += live;
        const int Batch = 64;
        var handles = stackalloc nint[Batch];
        var pending = 0;
        for (var i = 0; i < count; i++)
        {
            var tensor = items[i];
            if (tensor is null) continue;
            items[i] = null;
            handles[pending++] = tensor.Surrender();
            if (pending < Batch) continue;
            NativeMethods.mg_tensor_release_all(handles, pending);
            pending = 0;
        }

        NativeMethods.mg_tensor_release_all(handles, pending);
        count = 0;
        live = 0;
    }

    /// <summary>Disposes everything but one tensor.</summary>
    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        if (keep is not Tensor tensor || tensor.OwningScope != this)
        {
            DisposeEverything();
            return keep;
        }

        Remove(tensor, disposed: false);
        DisposeEverything();
        Place(tensor);
        return keep;
    }

    /// <summary>Ends the scope.</summary>
    public void Dispose()
    {
        if (ended) return;
        if (thread != Environment.CurrentManagedThreadId) throw new TorchException("A dispose scope was ended on another thread than it began on; do not hold one across an await.");
        if (DisposeScopeManager.Current != this) throw new TorchException("Dispose scopes must end in reverse order of their begin: an inner scope is still open.");
        ended = true;
        DisposeEverything();
        DisposeScopeManager.Current = outer;
    }

    internal void Add(Tensor tensor)
    {
        Place(tensor);
        statistics.CreatedInScopeCount++;
    }

    internal void Remove(Tensor tensor, bool disposed)
    {
        items[tensor.ScopeIndex] = null;
        live--;
        while (count > 0 && items[count - 1] is null) count--;
        if (disposed) statistics.DisposedInScopeCount++;
    }

    private void Place(Tensor tensor)
    {
        if (ended) throw new TorchException("A tensor cannot enter a dispose scope that has ended.");
        if (count == items.Length) MakeRoom();
        items[count] = tensor;
        tensor.ScopeIndex = count++;
        tensor.OwningScope = this;
        live++;
    }

    // Long loops that dispose most of what they make leave holes: close them before growing.
    private void MakeRoom()
    {
        if (live > count / 2)
        {
            Array.Resize(ref items, items.Length * 2);
            return;
        }

        var next = 0;
        for (var i = 0; i < count; i++)
        {
            var tensor = items[i];
            if (tensor is null) continue;
            items[i] = null;
            items[next] = tensor;
            tensor.ScopeIndex = next++;
        }

        count = next;
    }
}
