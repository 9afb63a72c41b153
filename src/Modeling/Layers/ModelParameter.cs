using MedicalGpt.Torch;
using MedicalGpt.Torch.Modules;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A named weight of a model: a tensor, or a packed matrix of few bits (frozen). It lives until the model is disposed, outside every dispose scope.</summary>
public sealed class ModelParameter : IDisposable
{
    internal ModelParameter(string name, long[] shape)
    {
        Name = name;
        Shape = shape;
    }

    private Parameter? value;

    /// <summary>Its name in the model, for example <c>model.layers.0.self_attn.q_proj.weight</c> (adapters: PEFT's name).</summary>
    public string Name { get; }

    /// <summary>Its shape.</summary>
    public long[] Shape { get; }

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>The weight; a leaf with gradient when it is trained.</summary>
    /// <exception cref="InvalidOperationException">It has not been set yet, or it is packed.</exception>
    public Parameter Value => value ?? throw new InvalidOperationException(Packed is null ? $"weight '{Name}' is not set" : $"weight '{Name}' is packed ({Packed.Kind}); read it by rows");

    /// <summary>True when gradients are computed for it.</summary>
    public bool IsTrained => value is { requires_grad: true };

    /// <summary>True when it is a matrix of few bits.</summary>
    public bool IsPacked => Packed is not null;

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => Packed?.Bytes ?? (value is null ? 0 : Count * value.element_size());

    /// <summary>True when weight decay applies: not to biases nor to norm weights.</summary>
    public bool Decays => !Name.EndsWith(".bias", StringComparison.Ordinal) && !Name.Contains("norm", StringComparison.Ordinal);

    /// <summary>The format it has in files.</summary>
    public ScalarType FileFormat { get; internal set; } = ScalarType.Float32;

    internal bool IsSet => value is not null || Packed is not null;

    internal PackedMatrix? Packed { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        value?.Dispose();
        value = null;
        Packed?.Dispose();
        Packed = null;
    }

    /// <summary>Takes a tensor as the weight, in the given format; shares its storage where the format is the same.</summary>
    internal void Set(Tensor source, ScalarType format, bool trained)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var fresh = new Parameter(source.detach().to(format), trained);
        Dispose();
        value = fresh;
    }

    /// <summary>Takes a packed matrix as the weight.</summary>
    internal void Set(PackedMatrix matrix)
    {
        Dispose();
        Packed = matrix;
    }

    internal void SetTrained(bool trained, Precision precision)
    {
        if (Packed is null)
            Set(Value, precision.Storage(trained), trained);
        else if (trained)
            throw new MedicalGptException($"weight '{Name}' is quantised ({Packed.Kind}) and cannot be trained; train an adapter on it (--use-peft true)");
    }

    /// <summary>The weight in a compute format; the cast is part of the graph.</summary>
    internal Tensor In(ScalarType format) => Packed is not null ? Full().to(format) : Value.dtype == format ? Value : Value.to(format);

    /// <summary>x Wᵀ + b. A frozen weight that is stored otherwise than it is computed with is unpacked a tile at a time, forward and backward.</summary>
    /// <param name="x">[N, in].</param>
    /// <param name="compute">Format of the product.</param>
    /// <param name="bias">[out]; null = none.</param>
    /// <returns>[N, out].</returns>
    internal Tensor Multiply(Tensor x, ScalarType compute, ModelParameter? bias)
    {
        if (Packed is null && (IsTrained || Value.dtype == compute))
            return nn.functional.linear(x, In(compute), bias?.In(compute));
        var product = TiledProduct.Run(x, this, compute);
        return bias is null ? product : product.add(bias.In(compute));
    }

    /// <summary>y W of a frozen weight, without graph: the derivative by the input of <see cref="Multiply"/>.</summary>
    /// <param name="y">[N, out].</param>
    /// <param name="compute">Format of the product.</param>
    /// <returns>[N, in] in the compute format.</returns>
    internal Tensor MultiplyTransposed(Tensor y, ScalarType compute)
    {
        if (Packed is not null || Value.dtype != compute)
            return TiledProduct.MultiplyTransposed(y, this, compute);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return y.to(compute).matmul(Value).MoveToOuterDisposeScope();
    }

    /// <summary>Ranges of rows that are unpacked together.</summary>
    internal IEnumerable<(long Start, long Count)> Tiles()
    {
        var step = TiledProduct.RowsPerTile(Shape[1], Packed?.RowAlignment ?? 1);
        for (long start = 0; start < Shape[0]; start += step)
            yield return (start, Math.Min(step, Shape[0] - start));
    }

    /// <summary>Some rows, unpacked.</summary>
    internal Tensor Rows(long start, long count, ScalarType format) => Packed?.Rows(start, count, format) ?? Value.detach().narrow(0, start, count).to(format);

    /// <summary>All of it in fp32, unpacked.</summary>
    internal Tensor Full() => Packed?.Rows(0, Shape[0], ScalarType.Float32) ?? Value.detach().to(ScalarType.Float32);

    /// <summary>Takes what it holds away, to be restored later.</summary>
    internal (Parameter? Value, PackedMatrix? Packed) Take()
    {
        var held = (value, Packed);
        (value, Packed) = (null, null);
        return held;
    }

    /// <summary>Brings back what was taken.</summary>
    internal void Restore((Parameter? Value, PackedMatrix? Packed) held)
    {
        Dispose();
        (value, Packed) = held;
    }
}
