namespace MedicalGpt.Torch;

/// <summary>The innermost scope of each thread and its statistics.</summary>
public static class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScope? current;
    [ThreadStatic] private static ThreadDisposeScopeStatistics? statistics;

    /// <summary>Counts of this thread.</summary>
    public static ThreadDisposeScopeStatistics Statistics => statistics ??= new ThreadDisposeScopeStatistics();

    internal static DisposeScope? Current
    {
        get => current;
        set => current = value;
    }
}
