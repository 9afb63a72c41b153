using MedicalGpt.Torch.Modules;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A named weight of a model. It lives until the model is disposed, outside every dispose scope.</summary>
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

    /// <summary>The weight; a leaf with gradient when it is trained.</summary>
    /// <exception cref="InvalidOperationException">It has not been set yet.</exception>
    public Parameter Value => value ?? throw new InvalidOperationException($"weight '{Name}' is not set");

    /// <summary>True when gradients are computed for it.</summary>
    public bool IsTrained => value is { requires_grad: true };

    /// <summary>True when weight decay applies: not to biases nor to norm weights.</summary>
    public bool Decays => !Name.EndsWith(".bias", StringComparison.Ordinal) && !Name.Contains("norm", StringComparison.Ordinal);

    /// <summary>The format it has in files.</summary>
    public ScalarType FileFormat { get; internal set; } = ScalarType.Float32;

    internal bool IsSet => value is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        value?.Dispose();
        value = null;
    }

    /// <summary>Takes a tensor as the weight, in the given format; shares its storage where the format is the same.</summary>
    internal void Set(Tensor source, ScalarType format, bool trained)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var old = value;
        value = new Parameter(source.detach().to(format), trained);
        old?.Dispose();
    }

    internal void SetTrained(bool trained, Precision precision) => Set(Value, precision.Storage(trained), trained);

    /// <summary>The weight in a compute format; the cast is part of the graph.</summary>
    internal Tensor In(ScalarType format) => Value.dtype == format ? Value : Value.to(format);
}
