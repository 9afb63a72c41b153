namespace MedicalGpt.Torch;

/// <summary>The TorchSharp dialect over the system's libtorch.</summary>
public static partial class torch
{
    /// <summary>An n-dimensional array of libtorch.</summary>
    public sealed partial class Tensor
    {
    }
}
