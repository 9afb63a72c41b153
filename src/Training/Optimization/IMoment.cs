using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>A running moment of a weight's gradient: fp32, or 8 bits in blocks.</summary>
internal interface IMoment : IDisposable
{
    /// <summary>Part of the moment, in fp32.</summary>
    /// <param name="start">First element, in row-major order.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count]; writing to it may or may not change the moment: <see cref="Write"/> does.</returns>
    Tensor Read(long start, long count);

    /// <summary>Changes part of the moment.</summary>
    /// <param name="start">First element.</param>
    /// <param name="values">fp32 [count].</param>
    void Write(long start, Tensor values);

    /// <summary>Its tensors for a checkpoint.</summary>
    /// <param name="name">Its name.</param>
    IEnumerable<KeyValuePair<string, Tensor>> Tensors(string name);
}
