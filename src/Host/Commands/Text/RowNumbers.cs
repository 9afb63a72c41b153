using System.Buffers.Binary;
using MedicalGpt.Torch.Extras;

namespace MedicalGpt.Host.Commands.Text;

/// <summary>Means of rows in the number types that weights have; summed in double, rounded to the nearest, ties to even.</summary>
internal sealed class RowNumbers
{
    private readonly int _size;
    private readonly Func<ReadOnlySpan<byte>, double> _read;
    private readonly Action<Span<byte>, double> _write;

    private RowNumbers(int size, Func<ReadOnlySpan<byte>, double> read, Action<Span<byte>, double> write) => (_size, _read, _write) = (size, read, write);

    /// <summary>The number type of a weight.</summary>
    /// <exception cref="MedicalGptException">Its type has no mean.</exception>
    public static RowNumbers Of(SafetensorsEntry entry) => entry.Type switch
    {
        "F32" => new RowNumbers(4, b => BinaryPrimitives.ReadSingleLittleEndian(b), (b, v) => BinaryPrimitives.WriteSingleLittleEndian(b, (float)v)),
        "F16" => new RowNumbers(2, b => (double)BinaryPrimitives.ReadHalfLittleEndian(b), (b, v) => BinaryPrimitives.WriteHalfLittleEndian(b, (Half)v)),
        "BF16" => new RowNumbers(2, b => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(b) << 16), (b, v) => BinaryPrimitives.WriteUInt16LittleEndian(b, BrainFloat((float)v))),
        _ => throw new MedicalGptException($"The weight {entry.Name} cannot grow.") { Given = entry.Type, Allowed = "F32, F16 or BF16; quantised models are extended before they are quantised" },
    };

    /// <summary>The mean of rows.</summary>
    /// <param name="rows">Their bytes, all of one length.</param>
    public byte[] Mean(IReadOnlyList<byte[]> rows)
    {
        var mean = new byte[rows[0].Length];
        for (var at = 0; at < mean.Length; at += _size)
        {
            var sum = 0.0;
            foreach (var row in rows)
                sum += _read(row.AsSpan(at, _size));
            _write(mean.AsSpan(at, _size), sum / rows.Count);
        }

        return mean;
    }

    private static ushort BrainFloat(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
