using MedicalGpt.Modeling;
using static MedicalGpt.Torch.torch;

namespace MedicalGpt.Training;

/// <summary>A moment in 8 bits: blocks of 256 numbers, each with its largest absolute value (Dettmers et al. 2022, arXiv:2110.02861, section 2).</summary>
internal sealed class PackedMoment : IMoment
{
    /// <summary>Numbers per block.</summary>
    public const int Block = 256;

    private readonly CodeTables tables;
    private readonly Tensor codes, largest;

    /// <summary>A moment of zeros.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="tables">Codes, on the weight's device; the caller's, who shares them among moments.</param>
    public PackedMoment(Tensor weight, CodeTables tables)
    {
        this.tables = tables;
        using var scope = NewDisposeScope();
        var zero = BlockQuantizer.Encode(zeros([weight.numel()], ScalarType.Float32, weight.device), tables, Block);
        (codes, largest) = (zero.Codes.DetachFromDisposeScope(), zero.Largest.DetachFromDisposeScope());
    }

    public Tensor Read(long start, long count) => BlockQuantizer.Decode(codes.narrow(0, start, count), Scales(start, count), tables, Block);

    public void Write(long start, Tensor values)
    {
        using var scope = NewDisposeScope();
        var fresh = BlockQuantizer.Encode(values, tables, Block);
        codes.narrow(0, start, values.shape[0]).copy_(fresh.Codes);
        Scales(start, values.shape[0]).copy_(fresh.Largest);
    }

    public IEnumerable<KeyValuePair<string, Tensor>> Tensors(string name) => [KeyValuePair.Create($"{name}.codes", codes), KeyValuePair.Create($"{name}.absmax", largest)];

    public void Dispose()
    {
        codes.Dispose();
        largest.Dispose();
    }

    private Tensor Scales(long start, long count) => largest.narrow(0, start / Block, (count + Block - 1) / Block);
}
