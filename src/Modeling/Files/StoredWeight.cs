using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A weight that still lies in its file.</summary>
/// <param name="file">The mapped file.</param>
/// <param name="name">Its name there.</param>
internal sealed class StoredWeight(SafetensorsFile file, string name)
{
    /// <summary>Reads it, a few megabytes at a time beside the result.</summary>
    /// <param name="format">The result's format; null = that of the file.</param>
    /// <param name="device">Where the result goes; null = the processor's memory.</param>
    /// <returns>The tensor, in the caller's scope.</returns>
    public Tensor Load(ScalarType? format = null, Device? device = null) => file.Load(name, format, device);
}
