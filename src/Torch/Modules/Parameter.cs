using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Modules;

/// <summary>A leaf tensor that training changes. Shares the storage of the tensor it is made from and lives outside every scope.</summary>
public sealed class Parameter : Tensor
{
    /// <summary>A parameter over data's storage.</summary>
    public Parameter(Tensor data, bool requires_grad = true)
        : base(Share(data), detached: true)
    {
        if (requires_grad) requires_grad_();
    }

    private static nint Share(Tensor data)
    {
        using var alias = data.detach();
        Interop.NativeMethods.mg_tensor_retain(alias.Handle);
        return alias.Handle;
    }
}
