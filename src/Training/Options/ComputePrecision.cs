namespace MedicalGpt.Training;

/// <summary>Number type of the forward and backward pass; weights that are trained stay fp32.</summary>
public enum ComputePrecision
{
    /// <summary>32-bit floats.</summary>
    Fp32,

    /// <summary>bfloat16 for matrix products; norms, softmax, log-probabilities and losses stay fp32.</summary>
    Bf16,
}
