using MedicalGpt.Modeling;

namespace MedicalGpt.Training;

/// <summary>Number types of the modelling layer.</summary>
public static class ComputePrecisionExtensions
{
    /// <summary>The formats of a model.</summary>
    /// <param name="precision">The option's value.</param>
    /// <param name="device">Where the model computes.</param>
    /// <returns>The formats; half precision depends on what the device can do.</returns>
    public static Precision Formats(this ComputePrecision precision, string device = "cpu") => precision switch
    {
        ComputePrecision.Bf16 => Precision.BFloat16On(device),
        ComputePrecision.Fp16 => Precision.Float16On(device),
        _ => Precision.Float32,
    };
}
