using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Random weights as transformers draws them, made where and in the format in which they stay.</summary>
internal static class FreshWeights
{
    // A multiple of 16: libtorch's generator works in blocks of 16, so pieces draw what the whole would.
    private const long Piece = 1 << 20;

    /// <summary>Draws a weight: matrices N(0, initializer_range), norms 1 (0 where they multiply by 1 + weight), biases 0.</summary>
    /// <param name="parameter">The weight.</param>
    /// <param name="shape">The model's shape.</param>
    /// <param name="generator">On the processor, so that a seed means the same on every device.</param>
    /// <param name="options">Format and place.</param>
    public static void Draw(ModelParameter parameter, DecoderOptions shape, Generator generator, LoadOptions options)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var format = options.Precision.Storage(options.Trained);
        var fresh = empty(parameter.Shape, format, device(options.Device));
        if (parameter.Shape.Length != 2)
            fresh.fill_(parameter.Name.EndsWith(".bias", StringComparison.Ordinal) || shape.OffsetNorms ? 0 : 1);
        else if (format == ScalarType.Float32 && fresh.device.type == DeviceType.CPU)
            fresh.normal_(0, shape.InitializerRange, generator);
        else
            Draw(fresh.view(-1), shape.InitializerRange, generator);
        parameter.Set(fresh, format, options.Trained);
        parameter.FileFormat = ScalarType.Float32;
    }

    private static void Draw(Tensor flat, double deviation, Generator generator)
    {
        for (long at = 0; at < flat.numel(); at += Piece)
        {
            using var inner = NewDisposeScope();
            var target = flat.narrow(0, at, Math.Min(Piece, flat.numel() - at));
            target.copy_(empty([target.numel()], ScalarType.Float32).normal_(0, deviation, generator));
        }
    }
}
