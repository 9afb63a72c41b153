using System.Buffers.Binary;

namespace MedicalGpt.Fuzz.Tests.Support;

/// <summary>Damages inputs, the same way for the same seed.</summary>
/// <param name="random">Decides.</param>
/// <param name="tokens">Pieces that are put in.</param>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> tokens)
{
    private const int MostBytes = 1 << 20;
    private static readonly long[] Numbers = [0, 1, -1, 127, 128, 255, 256, 32767, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40];

    /// <summary>Damages an input at one to five places.</summary>
    /// <param name="seed">The input.</param>
    /// <param name="others">Inputs of which pieces may be taken.</param>
    /// <returns>The damaged one.</returns>
    public byte[] Mutate(byte[] seed, IReadOnlyList<byte[]> others)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
            Change(bytes, others);
        return [.. bytes.Take(MostBytes)];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> others)
    {
        var at = random.Next(bytes.Count + 1);
        var left = bytes.Count - at;
        switch (random.Next(10))
        {
            case 0 when left > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when left > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 20), left));
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), left)));
                break;
            case 4:
                bytes.InsertRange(at, tokens[random.Next(tokens.Count)]);
                break;
            case 5 when left > 0:
                Overwrite(bytes, at, tokens[random.Next(tokens.Count)]);
                break;
            case 6:
                Overwrite(bytes, at, Number());
                break;
            case 7:
                bytes.RemoveRange(at, left / random.Next(1, 9));
                break;
            case 8:
                var other = others[random.Next(others.Count)];
                var from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 200), other.Length - from)).ToArray());
                break;
            default:
                var piece = bytes.GetRange(at, Math.Min(random.Next(1, 30), left));
                for (var times = random.Next(2, 200); times > 0 && bytes.Count < MostBytes; times--)
                    bytes.InsertRange(at, piece);
                break;
        }
    }

    private byte[] Number()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Numbers[random.Next(Numbers.Length)]);
        return bytes[..(1 << random.Next(4))];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] piece)
    {
        for (var i = 0; i < piece.Length && at + i < bytes.Count; i++)
            bytes[at + i] = piece[i];
    }
}
