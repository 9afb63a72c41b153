using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>A weight that the optimiser moves.</summary>
/// <param name="Name">Unique name: the one in the saved file, behind <c>value_model.</c> for a second model.</param>
/// <param name="Value">The parameter, fp32.</param>
/// <param name="Decay">True when weight decay applies (not for biases and norm weights).</param>
public sealed record TrainedWeight(string Name, Tensor Value, bool Decay);
