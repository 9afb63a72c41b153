namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>The innermost scope of this thread.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current;

    /// <summary>Begins a scope: tensors made on this thread until it is disposed go with it unless moved out.</summary>
    public static DisposeScope NewDisposeScope() => new();
}
