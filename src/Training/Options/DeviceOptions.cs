using MedicalGpt.Modeling;
using MedicalGpt.Options;
using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Training;

/// <summary>Where models compute.</summary>
[Options("device")]
public sealed partial record DeviceOptions
{
    /// <summary>Where models are and compute: cpu, cuda (the first card) or cuda:N. None = the first card where libtorch has CUDA and there is one, else cpu.</summary>
    public string? Device { get; init; }

    /// <summary>On a card, compute fp32 matrix products on tensor cores with 10 bits of mantissa (TF32): faster, less exact. Without effect elsewhere and in other number types.</summary>
    public bool Tf32 { get; init; }

    /// <summary>Chooses the device and switches TF32 for the process; loads the tensor library.</summary>
    /// <returns><c>cpu</c> or <c>cuda:N</c>.</returns>
    /// <exception cref="MedicalGptException">It is no device, or it is not there.</exception>
    public string Activate()
    {
        var device = ComputeDevice.Choose(Device);
        if (ComputeDevice.Card(device) is not null)
            Cuda.AllowTf32 = Tf32;
        return device;
    }
}
