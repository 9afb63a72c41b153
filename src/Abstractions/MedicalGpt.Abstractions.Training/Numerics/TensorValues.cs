using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training.Numerics;

/// <summary>Small numbers between tensors and plain arrays (experiences hold arrays, so no tensor outlives its scope).</summary>
public static class TensorValues
{
    /// <summary>Copies a tensor out as fp32 numbers, row-major.</summary>
    /// <param name="tensor">Any shape and device.</param>
    /// <returns>Its numbers.</returns>
    public static float[] Floats(Tensor tensor) => tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();

    /// <summary>Copies a tensor out as fp64 numbers, row-major.</summary>
    /// <param name="tensor">Any shape and device.</param>
    /// <returns>Its numbers.</returns>
    public static double[] Doubles(Tensor tensor) => Array.ConvertAll(Floats(tensor), x => (double)x);

    /// <summary>The number of a scalar tensor.</summary>
    /// <param name="tensor">One element.</param>
    /// <returns>Its number.</returns>
    public static double Number(Tensor tensor) => Floats(tensor)[0];

    /// <summary>An fp32 vector on the device of another tensor.</summary>
    /// <param name="values">Numbers.</param>
    /// <param name="like">Gives the device.</param>
    /// <returns>fp32 [n].</returns>
    public static Tensor Vector(float[] values, Tensor like) => tensor(values, dtype: ScalarType.Float32, device: like.device);

    /// <summary>An index vector on the device of another tensor.</summary>
    /// <param name="values">Indices.</param>
    /// <param name="like">Gives the device.</param>
    /// <returns>int64 [n].</returns>
    public static Tensor Indices(long[] values, Tensor like) => tensor(values, dtype: ScalarType.Int64, device: like.device);
}
