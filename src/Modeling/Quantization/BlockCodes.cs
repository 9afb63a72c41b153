using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Numbers in blocks of codes.</summary>
/// <param name="Codes">One byte each, [n].</param>
/// <param name="Largest">Largest absolute value of each block, fp32.</param>
public sealed record BlockCodes(Tensor Codes, Tensor Largest);
