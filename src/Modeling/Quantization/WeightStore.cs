using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Takes weights one at a time while a model is loaded: casts, moves or packs each before the next is read.</summary>
/// <param name="model">The model.</param>
/// <param name="options">How it is loaded.</param>
/// <param name="packed">How its checkpoint is packed; null = not.</param>
internal sealed class WeightStore(TransformerModel model, LoadOptions options, QuantizationOptions? packed)
{
    private readonly Device place = device(options.Device);
    private readonly HashSet<ModelParameter> linears = [.. model.Linears.Where(l => options.Quantization?.Packs(l.Path) == true && l.Weight != model.Decoder.Embedding).Select(l => l.Weight)];

    /// <summary>Takes a weight.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="weight">Where its value lies.</param>
    public void Take(ModelParameter parameter, StoredWeight weight)
    {
        var format = options.Precision.Storage(options.Trained);
        if (linears.Contains(parameter) && packed is null)
            Pack(parameter, weight.Load(null, place));
        else
            parameter.Set(weight.Load(format, place), format, options.Trained);
    }

    /// <summary>Takes a packed weight.</summary>
    /// <param name="parameter">Which.</param>
    /// <param name="entries">The files.</param>
    /// <param name="name">Its name in them.</param>
    public void Take(ModelParameter parameter, PackedEntries entries, string name)
    {
        var matrix = entries.Load(name, place, packed?.Int8Threshold ?? 6.0);
        parameter.FileFormat = entries.Format(name);
        if (!options.Dequantize)
        {
            if (options.Trained)
                throw new MedicalGptException("The checkpoint is quantised, and quantised weights cannot be trained.") { Place = model.Config.Place, Remedy = "train an adapter on it (--use-peft true), or take the checkpoint in full precision" };
            parameter.Set(matrix);
            return;
        }

        using var own = matrix;
        Unpack(parameter, matrix);
    }

    private void Pack(ModelParameter parameter, Tensor tensor)
    {
        var how = options.Quantization!;
        PackedMatrix matrix = how.Type == QuantizationType.Int8 ? Int8Matrix.Pack(tensor, how.Int8Threshold) : FourBitMatrix.Pack(tensor, how.Type, how.DoubleQuantization);
        if (!options.Dequantize)
        {
            parameter.Set(matrix);
            return;
        }

        using var own = matrix;
        Unpack(parameter, matrix);
    }

    private void Unpack(ModelParameter parameter, PackedMatrix matrix)
    {
        using var scope = NewDisposeScope();
        parameter.Set(matrix.Rows(0, matrix.Shape[0], ScalarType.Float32), options.Precision.Storage(options.Trained), options.Trained);
    }
}
