using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>
/// A matrix of 8-bit integers with one scale per row (LLM.int8, Dettmers et al. 2022, arXiv:2208.07339). The product rounds the rows of x to 8 bits,
/// too, except in columns that hold an outlier: those are multiplied in full precision. Backward goes through the unpacked weight.
/// </summary>
internal sealed class Int8Matrix : PackedMatrix
{
    private readonly Tensor codes;
    private readonly Tensor largest;
    private readonly double threshold;

    /// <summary>Takes codes and scales; they are its own from now on.</summary>
    /// <param name="codes">int8 [out, in].</param>
    /// <param name="largest">Largest absolute value of each row, fp32 [out].</param>
    /// <param name="threshold">Columns of x with a value at least this large are outliers; 0 = none are.</param>
    public Int8Matrix(Tensor codes, Tensor largest, double threshold)
    {
        this.codes = codes.DetachFromDisposeScope();
        this.largest = largest.DetachFromDisposeScope();
        (Shape, this.threshold) = (codes.shape, threshold);
    }

    public override string Kind => "int8";

    public override long[] Shape { get; }

    public override long Bytes => codes.numel() + largest.numel() * 4;

    public override long RowAlignment => 1;

    /// <summary>Codes, for tests.</summary>
    internal Tensor Codes => codes;

    /// <summary>Scales, for tests.</summary>
    internal Tensor Largest => largest;

    /// <summary>Packs a matrix.</summary>
    /// <param name="weight">[out, in] in a float format.</param>
    /// <param name="threshold">Limit of outliers.</param>
    public static Int8Matrix Pack(Tensor weight, double threshold)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var codes = empty(weight.shape, ScalarType.Int8, weight.device);
        var largest = empty([weight.shape[0]], ScalarType.Float32, weight.device);
        var step = TiledProduct.RowsPerTile(weight.shape[1], 1);
        for (long start = 0; start < weight.shape[0]; start += step)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(step, weight.shape[0] - start);
            var (rows, scale) = Round(weight.detach().narrow(0, start, count).to(ScalarType.Float32));
            codes.narrow(0, start, count).copy_(rows);
            largest.narrow(0, start, count).copy_(scale);
        }

        return new Int8Matrix(codes, largest, threshold);
    }

    public override Tensor Rows(long start, long count, ScalarType format)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return codes.narrow(0, start, count).to(ScalarType.Float32).mul_(largest.narrow(0, start, count).div(127).unsqueeze(1)).to(format).MoveToOuterDisposeScope();
    }

    public override Tensor? Multiply(Tensor x)
    {
        if (threshold <= 0)
            return null;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var wide = x.to(ScalarType.Float32);
        var outliers = wide.abs().amax([0]).ge(threshold);
        // Which columns are outliers is looked at on a processor only: on a card that would wait for it in every layer, so zeros are multiplied there.
        var columns = x.device.type == DeviceType.CPU ? outliers.nonzero().view(-1) : null;
        var (rounded, scales) = Round(columns?.shape[0] == 0 ? wide : wide.masked_fill(outliers, 0));
        var kept = columns is null ? wide.masked_fill(outliers.logical_not(), 0) : columns.shape[0] == 0 ? null : wide.index_select(1, columns);
        var result = empty([x.shape[0], Shape[0]], x.dtype, x.device);
        var step = TiledProduct.RowsPerTile(Shape[1], 1);
        for (long start = 0; start < Shape[0]; start += step)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(step, Shape[0] - start);
            var rows = codes.narrow(0, start, count).to(ScalarType.Float32);
            var scale = largest.narrow(0, start, count).div(127);
            // Sums of products of whole numbers are exact in fp32 up to 2^24.
            var product = rounded.matmul(rows.t()).mul_(scale).mul_(scales.div(127).unsqueeze(1));
            if (kept is not null)
                product.addmm_(kept, (columns is null ? rows : rows.index_select(1, columns)).mul(scale.unsqueeze(1)).t());
            result.narrow(1, start, count).copy_(product);
        }

        return result.MoveToOuterDisposeScope();
    }

    public override IReadOnlyDictionary<string, Tensor> FileTensors(string name, ScalarType format)
    {
        var module = name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : name;
        return new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            [name] = codes,
            [$"{module}.SCB"] = largest,
            [$"{module}.weight_format"] = tensor(new byte[] { 0 }).view([]),
        };
    }

    public override void Dispose()
    {
        codes.Dispose();
        largest.Dispose();
    }

    // Whole numbers from -127 to 127 (half to even), kept as fp32, and the largest absolute value of each row.
    private static (Tensor Rounded, Tensor Largest) Round(Tensor rows)
    {
        var scale = rows.abs().amax([1]);
        // 127 over a smaller number is infinite, and a row of zeros would become NaN.
        return (rows.mul(full_like(scale, 127).div(scale.clamp_min(1e-36f)).unsqueeze(1)).round(), scale);
    }
}
