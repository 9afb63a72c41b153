using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Torch.Extras;

/// <summary>A tensor to be written, and the format it gets in the file; it is cast a piece at a time while it is written.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Value">The tensor, on any device.</param>
/// <param name="Format">Its dtype in the file.</param>
public sealed record SafetensorsItem(string Name, Tensor Value, ScalarType Format);
