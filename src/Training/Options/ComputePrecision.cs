namespace MedicalGpt.Training;

/// <summary>Number type of the forward and backward pass; weights that are trained stay fp32.</summary>
public enum ComputePrecision
{
    /// <summary>32-bit floats.</summary>
    Fp32,

    /// <summary>bfloat16 for matrix products; norms, softmax, log-probabilities and losses stay fp32.</summary>
    Bf16,

    /// <summary>Half precision for matrix products, with a dynamic loss scale; on a processor without them frozen weights are kept in it and computed with in fp32.</summary>
    Fp16,
}
