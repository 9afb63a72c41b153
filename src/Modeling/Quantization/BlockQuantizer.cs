using MedicalGpt.Torch;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Modeling;

/// <summary>Blockwise quantisation: numbers are divided by the largest absolute value of their block and take the nearest code.</summary>
public static class BlockQuantizer
{
    // Numbers that are encoded at once: bounds the temporaries (indices of four bytes) beside a large matrix.
    private const long ChunkElements = 1 << 20;

    /// <summary>Encodes numbers.</summary>
    /// <param name="numbers">Any shape and float format; read in row-major order.</param>
    /// <param name="book">Codes.</param>
    /// <param name="block">Numbers per block; the last one may be shorter.</param>
    /// <returns>Codes [n] and the largest absolute value of each block, fp32, in the caller's scope.</returns>
    public static BlockCodes Encode(Tensor numbers, Codebook book, int block)
    {
        using var tables = book.On(numbers.device);
        return Encode(numbers, tables, block);
    }

    /// <summary>Encodes numbers with tables that are kept.</summary>
    /// <param name="numbers">Any shape and float format; read in row-major order.</param>
    /// <param name="tables">Codes, on the numbers' device.</param>
    /// <param name="block">Numbers per block; the last one may be shorter.</param>
    /// <returns>As above.</returns>
    public static BlockCodes Encode(Tensor numbers, CodeTables tables, int block)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var flat = numbers.detach().contiguous().view(-1);
        var count = flat.shape[0];
        var codes = empty([count], ScalarType.Byte, flat.device);
        var largest = empty([(count + block - 1) / block], ScalarType.Float32, flat.device);
        for (long start = 0; start < count; start += ChunkElements / block * block)
        {
            using var inner = NewDisposeScope();
            var length = Math.Min(ChunkElements / block * block, count - start);
            var (whole, rest) = (length / block * block, length % block);
            if (whole > 0)
                Encode(flat.narrow(0, start, whole).to(ScalarType.Float32).view([-1, block]), tables, codes.narrow(0, start, whole), largest.narrow(0, start / block, whole / block));
            if (rest > 0)
                Encode(flat.narrow(0, start + whole, rest).to(ScalarType.Float32).view([1, rest]), tables, codes.narrow(0, start + whole, rest), largest.narrow(0, (start + whole) / block, 1));
        }

        return new BlockCodes(codes.MoveToOuterDisposeScope(), largest.MoveToOuterDisposeScope());
    }

    /// <summary>Decodes numbers.</summary>
    /// <param name="codes">Codes, [n].</param>
    /// <param name="largest">Largest absolute values, fp32.</param>
    /// <param name="book">What codes mean.</param>
    /// <param name="block">Numbers per block.</param>
    /// <returns>fp32 [n].</returns>
    public static Tensor Decode(Tensor codes, Tensor largest, Codebook book, int block)
    {
        using var tables = book.On(codes.device);
        return Decode(codes, largest, tables, block);
    }

    /// <summary>Decodes numbers with tables that are kept.</summary>
    /// <param name="codes">Codes, [n].</param>
    /// <param name="largest">Largest absolute values, fp32.</param>
    /// <param name="tables">What codes mean, on their device.</param>
    /// <param name="block">Numbers per block.</param>
    /// <returns>fp32 [n].</returns>
    public static Tensor Decode(Tensor codes, Tensor largest, CodeTables tables, int block)
    {
        using var scope = NewDisposeScope();
        var numbers = tables.Values.index_select(0, codes.to(ScalarType.Int32));
        return Scale(numbers, largest, block).MoveToOuterDisposeScope();
    }

    /// <summary>Multiplies each block by its number.</summary>
    internal static Tensor Scale(Tensor numbers, Tensor largest, int block)
    {
        var whole = numbers.shape[0] / block * block;
        if (whole > 0)
            numbers.narrow(0, 0, whole).view([-1, block]).mul_(largest.narrow(0, 0, whole / block).unsqueeze(1));
        if (whole < numbers.shape[0])
            numbers.narrow(0, whole, numbers.shape[0] - whole).mul_(largest.narrow(0, whole / block, 1));
        return numbers;
    }

    private static void Encode(Tensor blocks, CodeTables tables, Tensor codes, Tensor largest)
    {
        var absolute = blocks.abs().amax([1]);
        largest.copy_(absolute);
        // A block of zeros gives 0 · ∞ otherwise.
        var scaled = blocks.mul(absolute.clamp_min(1.17549435e-38f).reciprocal().unsqueeze(1)).clamp(-1, 1);
        codes.copy_(tables.Encode(scaled).view(-1));
    }
}
