using System.Text;
using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>A matrix of 4-bit codes in blocks over its elements in row-major order, two to a byte, the first in the high half (bitsandbytes' Linear4bit).</summary>
internal sealed class FourBitMatrix : PackedMatrix
{
    /// <summary>Elements per block.</summary>
    public const int DefaultBlock = 64;

    private readonly QuantizationType type;
    private readonly Tensor codes;
    private readonly BlockScales scales;
    private readonly CodeTables tables;
    private readonly int block;

    /// <summary>Takes codes and scales; they are its own from now on.</summary>
    /// <param name="type">Nf4 or Fp4.</param>
    /// <param name="shape">[out, in].</param>
    /// <param name="codes">Bytes.</param>
    /// <param name="scales">One per block.</param>
    /// <param name="block">Elements per block.</param>
    public FourBitMatrix(QuantizationType type, long[] shape, Tensor codes, BlockScales scales, int block)
    {
        (this.type, Shape, this.scales, this.block) = (type, shape, scales, block);
        this.codes = codes.DetachFromDisposeScope();
        tables = Book(type).On(codes.device);
    }

    public override string Kind => KindOf(type);

    public override long[] Shape { get; }

    public override long Bytes => codes.numel() + scales.Bytes;

    /// <summary>Ranges of rows begin where a block begins.</summary>
    public override long RowAlignment => block / (long)System.Numerics.BigInteger.GreatestCommonDivisor(Shape[1], block);

    /// <summary>True when the scales are packed, too.</summary>
    public bool IsNested => scales.Largest is not null;

    /// <summary>Codes as bytes, for tests.</summary>
    internal Tensor Codes => codes;

    /// <summary>Scales, for tests.</summary>
    internal BlockScales Scales => scales;

    /// <summary>The codes of a 4-bit format.</summary>
    public static Codebook Book(QuantizationType type) => type == QuantizationType.Nf4 ? Codebook.Nf4 : Codebook.Fp4;

    /// <summary>Name of a 4-bit format in files.</summary>
    public static string KindOf(QuantizationType type) => type == QuantizationType.Nf4 ? "nf4" : "fp4";

    /// <summary>Packs a matrix.</summary>
    /// <param name="weight">[out, in] in a float format.</param>
    /// <param name="type">Nf4 or Fp4.</param>
    /// <param name="nested">True = scales are packed, too.</param>
    /// <param name="block">Elements per block.</param>
    public static FourBitMatrix Pack(Tensor weight, QuantizationType type, bool nested, int block = DefaultBlock)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var book = Book(type).On(weight.device);
        var encoded = BlockQuantizer.Encode(weight, book, block);
        var one = encoded.Codes;
        // An odd last element is paired with the code of 0.
        if (one.shape[0] % 2 != 0)
            one = cat([one, book.Encode(zeros([1], ScalarType.Float32, one.device))], 0);
        var pairs = one.view([-1, 2]);
        var packed = pairs.select(1, 0).mul(16).add(pairs.select(1, 1));
        return new FourBitMatrix(type, weight.shape, packed, nested ? BlockScales.Pack(encoded.Largest) : BlockScales.Plain(encoded.Largest), block);
    }

    public override Tensor Rows(long start, long count, ScalarType format)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (from, length) = (start * Shape[1], count * Shape[1]);
        if (from % block != 0)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"rows begin at multiples of {RowAlignment}");
        var numbers = NibbleDecoder.Decode(codes.narrow(0, from / 2, (length + 1) / 2), scales.Range(from / block, (length + block - 1) / block), tables, block, length);
        return numbers.view([count, Shape[1]]).to(format).MoveToOuterDisposeScope();
    }

    public override IReadOnlyDictionary<string, Tensor> FileTensors(string name, ScalarType format)
    {
        var state = new StringBuilder($$"""{"quant_type": "{{Kind}}", "blocksize": {{block}}, "dtype": "{{FormatNames.Of(format)}}", "shape": [{{Shape[0]}}, {{Shape[1]}}]""");
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            [name] = codes.view([-1, 1]),
            [$"{name}.absmax"] = scales.Values,
            [$"{name}.quant_map"] = tables.Values,
        };
        if (scales.Largest is { } largest)
        {
            tensors[$"{name}.nested_absmax"] = largest;
            tensors[$"{name}.nested_quant_map"] = scales.Map!;
            state.Append(System.Globalization.CultureInfo.InvariantCulture, $", \"nested_blocksize\": {BlockScales.NestedBlock}, \"nested_dtype\": \"float32\", \"nested_offset\": {(double)scales.Offset:R}");
        }

        tensors[$"{name}.quant_state.bitsandbytes__{Kind}"] = tensor(Encoding.UTF8.GetBytes(state.Append('}').ToString()));
        return tensors;
    }

    public override void Dispose()
    {
        codes.Dispose();
        scales.Dispose();
        tables.Dispose();
    }
}
