namespace MedicalGpt.Torch;

/// <summary>How many tensors the scopes of one thread took in and let go.</summary>
public sealed class ThreadDisposeScopeStatistics
{
    /// <summary>Tensors that entered a scope when they were made.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Tensors that were disposed while a scope held them.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Tensors that were put into a scope later.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Tensors that were taken out of all scopes alive.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Tensors that scopes of this thread hold now.</summary>
    public long ThreadTotalLiveCount => CreatedInScopeCount + AttachedToScopeCount - DisposedInScopeCount - DetachedFromScopeCount;

    /// <summary>Starts counting from zero.</summary>
    public void Reset() => CreatedInScopeCount = DisposedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = 0;
}
