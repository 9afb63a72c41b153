using MedicalGpt.Torch;
using MedicalGpt.Torch.Extras;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// x Wᵀ with a frozen W that is stored otherwise than it is computed with: packed in few bits, or in half precision on a processor without it.
/// W is unpacked a tile of rows at a time, forward and again in backward (∂x = ∂y W), so it never exists whole. x is not kept.
/// </summary>
internal sealed class TiledProduct(ModelParameter weight, ScalarType compute) : DifferentiableFunction
{
    // 4 MB in fp32: large enough for the product to run well, small beside a layer.
    private const long TileElements = 1 << 20;

    /// <summary>The product.</summary>
    /// <param name="x">[N, in].</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="compute">Format of the product.</param>
    /// <returns>[N, out] in the compute format.</returns>
    public static Tensor Run(Tensor x, ModelParameter weight, ScalarType compute)
    {
        var input = x.dtype == compute ? x : x.to(compute);
        return is_grad_enabled() && input.requires_grad ? new TiledProduct(weight, compute).Apply(input)[0] : Multiply(input, weight, compute);
    }

    /// <summary>How many rows are unpacked at once.</summary>
    /// <param name="inputs">Width of a row.</param>
    /// <param name="alignment">The result is a multiple of this.</param>
    /// <returns>At least the alignment.</returns>
    public static long RowsPerTile(long inputs, long alignment) => Math.Max(1, TileElements / inputs / alignment) * alignment;

    /// <summary>y W, without graph.</summary>
    /// <param name="y">[N, out].</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="compute">Format of the product.</param>
    /// <returns>[N, in] in the compute format.</returns>
    public static Tensor MultiplyTransposed(Tensor y, ModelParameter weight, ScalarType compute)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var factor = y.to(compute);
        Tensor? sum = null;
        foreach (var (start, count) in weight.Tiles())
        {
            using var inner = NewDisposeScope();
            var part = factor.narrow(1, start, count);
            var rows = weight.Rows(start, count, compute);
            if (count == weight.Shape[0])
                return part.matmul(rows).MoveToOuterDisposeScope().MoveToOuterDisposeScope();
            // Sums over tiles are kept in fp32.
            sum ??= zeros([factor.shape[0], weight.Shape[1]], ScalarType.Float32, factor.device).MoveToOuterDisposeScope();
            if (compute == ScalarType.Float32)
                sum.addmm_(part, rows);
            else
                sum.add_(part.matmul(rows));
        }

        return sum!.to(compute).MoveToOuterDisposeScope();
    }

    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context) => [Multiply(inputs[0], weight, compute)];

    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved) =>
        [gradients[0] is { } gradient ? MultiplyTransposed(gradient, weight, compute) : null];

    private static Tensor Multiply(Tensor x, ModelParameter weight, ScalarType compute)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        if (weight.Packed?.Multiply(x) is { } own)
            return own.MoveToOuterDisposeScope();
        var result = empty([x.shape[0], weight.Shape[0]], compute, x.device);
        foreach (var (start, count) in weight.Tiles())
        {
            using var inner = NewDisposeScope();
            result.narrow(1, start, count).copy_(x.matmul(weight.Rows(start, count, compute).t()));
        }

        return result.MoveToOuterDisposeScope();
    }
}
