using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Interop;

/// <summary>Native handles of a list of tensors; null stays 0.</summary>
internal static class Handles
{
    internal static nint[] Of(IReadOnlyCollection<Tensor?>? tensors)
    {
        if (tensors is null) return [];
        var handles = new nint[tensors.Count];
        var i = 0;
        foreach (var tensor in tensors) handles[i++] = tensor is null ? 0 : tensor.Handle;
        return handles;
    }

    internal static int Count(IReadOnlyCollection<Tensor?>? tensors) => tensors?.Count ?? 0;
}
