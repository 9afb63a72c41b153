namespace MedicalGpt.Training.Tokenization.Models;

/// <summary>Which pairs of tokens merge, in which order and into what: open addressing over flat arrays, since it is read once per pair of every word.</summary>
internal sealed class MergeTable
{
    private const ulong Empty = ulong.MaxValue;
    private readonly ulong[] _keys;
    private readonly MergeRule[] _rules;
    private readonly int _shift;

    /// <summary>Creates a table for a known number of merges.</summary>
    public MergeTable(int count)
    {
        var bits = 4;
        while (1 << bits < count * 2)
            bits++;
        _shift = 64 - bits;
        _keys = new ulong[1 << bits];
        _rules = new MergeRule[1 << bits];
        Array.Fill(_keys, Empty);
    }

    /// <summary>Adds a merge; a pair that is already there takes the later rule, as in the reference library.</summary>
    public void Add(int left, int right, MergeRule rule)
    {
        var slot = Find(Key(left, right));
        _keys[slot] = Key(left, right);
        _rules[slot] = rule;
    }

    /// <summary>The rule of a pair; <see cref="MergeRule.None"/> when it does not merge.</summary>
    public MergeRule Get(int left, int right)
    {
        var slot = Find(Key(left, right));
        return _keys[slot] == Empty ? MergeRule.None : _rules[slot];
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Find(ulong key)
    {
        var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
        while (_keys[slot] != key && _keys[slot] != Empty)
            slot = (slot + 1) & (_keys.Length - 1);
        return slot;
    }
}
