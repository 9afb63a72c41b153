using System.Text;

namespace MedicalGpt.Training.Tokenization.Patterns;

/// <summary>A set of code points given by a rule. Answers for the basic plane are kept as bits, a block at a time when it is first asked for.</summary>
internal sealed class CodePointSet(Func<int, bool> contains)
{
    private const int BlockBits = 10;
    private readonly ulong[]?[] _blocks = new ulong[0x10000 >> BlockBits][];

    /// <summary>Whether the set has a code point.</summary>
    public bool Contains(int codePoint)
    {
        if (codePoint >= 0x10000)
            return contains(codePoint);
        var block = _blocks[codePoint >> BlockBits] ?? Build(codePoint >> BlockBits);
        return (block[(codePoint >> 6) & 15] >> (codePoint & 63) & 1) != 0;
    }

    /// <summary>The units of the character at an index when the set has it; else 0.</summary>
    public int UnitsAt(ReadOnlySpan<char> text, int index)
    {
        if ((uint)index >= (uint)text.Length)
            return 0;
        if (!char.IsSurrogate(text[index]))
            return Contains(text[index]) ? 1 : 0;
        Rune.DecodeFromUtf16(text[index..], out var rune, out var units);
        return Contains(rune.Value) ? units : 0;
    }

    // Two threads may build the same block; both are right.
    private ulong[] Build(int number)
    {
        var block = new ulong[(1 << BlockBits) / 64];
        for (var i = 0; i < 1 << BlockBits; i++)
            if (contains((number << BlockBits) | i))
                block[i >> 6] |= 1UL << (i & 63);
        return _blocks[number] = block;
    }
}
