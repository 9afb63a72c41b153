using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A frozen matrix of few bits per element. Its tensors live until it is disposed, outside every dispose scope.</summary>
internal abstract class PackedMatrix : IDisposable
{
    /// <summary>Name of the format, for example <c>nf4</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>[out, in].</summary>
    public abstract long[] Shape { get; }

    /// <summary>Bytes that it takes.</summary>
    public abstract long Bytes { get; }

    /// <summary>Ranges of rows begin at multiples of this.</summary>
    public abstract long RowAlignment { get; }

    /// <summary>Some rows, unpacked, in the caller's scope.</summary>
    /// <param name="start">First row, a multiple of <see cref="RowAlignment"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="format">Format of the result.</param>
    /// <returns>[count, in].</returns>
    public abstract Tensor Rows(long start, long count, ScalarType format);

    /// <summary>x Wᵀ without graph; null = by unpacked rows.</summary>
    /// <param name="x">[N, in] in the compute format.</param>
    /// <returns>[N, out].</returns>
    public virtual Tensor? Multiply(Tensor x) => null;

    /// <summary>Its tensors under the names that bitsandbytes gives them in files.</summary>
    /// <param name="name">The weight's name in the file.</param>
    /// <param name="format">Format of the weight before it was packed.</param>
    /// <returns>Names and tensors in the caller's scope or of this matrix.</returns>
    public abstract IReadOnlyDictionary<string, Tensor> FileTensors(string name, ScalarType format);

    /// <inheritdoc/>
    public abstract void Dispose();
}
