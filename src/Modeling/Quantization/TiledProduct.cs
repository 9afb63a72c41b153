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
        var product = new TiledProduct(weight, compute);
        return is_grad_enabled() && input.requires_grad ? product.Apply(input)[0] : product.Multiply(input);
    }

    /// <summary>How many rows are unpacked at once.</summary>
    /// <param name="inputs">Width of a row.</param>
    /// <param name="alignment">The result is a multiple of this.</param>
    /// <returns>At least the alignment.</returns>
    public static long RowsPerTile(long inputs, long alignment) => Math.Max(1, TileElements / inputs / alignment) * alignment;

    protected override IReadOnlyList<Tensor> Forward(Tensor[] inputs, ForwardContext context) => [Multiply(inputs[0])];

    protected override IReadOnlyList<Tensor?> Backward(Tensor?[] gradients, Tensor[] saved)
    {
        if (gradients[0] is not { } given)
            return [null];
        using var scope = NewDisposeScope();
        var gradient = given.to(compute);
        Tensor? sum = null;
        foreach (var (start, count) in weight.Tiles())
        {
            using var inner = NewDisposeScope();
            var part = gradient.narrow(1, start, count);
            var rows = weight.Rows(start, count, compute);
            if (count == weight.Shape[0])
                return [part.matmul(rows).MoveToOuterDisposeScope().MoveToOuterDisposeScope()];
            // Sums over tiles are kept in fp32.
            sum ??= zeros([gradient.shape[0], weight.Shape[1]], ScalarType.Float32, gradient.device).MoveToOuterDisposeScope();
            if (compute == ScalarType.Float32)
                sum.addmm_(part, rows);
            else
                sum.add_(part.matmul(rows));
        }

        return [sum!.to(compute).MoveToOuterDisposeScope()];
    }

    private Tensor Multiply(Tensor x)
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
